#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace sbert {

/// A row-major float matrix [rows, dimension]: one row a text. A value: copying copies the numbers.
class Embeddings {
 public:
  Embeddings() = default;
  Embeddings(size_t rows, size_t dimension) : rows_(rows), dimension_(dimension), values_(rows * dimension) {}
  /// REQUIRES: values.size() == rows * dimension.
  Embeddings(size_t rows, size_t dimension, std::vector<float> values)
      : rows_(rows), dimension_(dimension), values_(std::move(values)) {}

  size_t rows() const { return rows_; }
  size_t dimension() const { return dimension_; }
  bool empty() const { return rows_ == 0; }

  std::span<float> operator[](size_t row) { return {values_.data() + row * dimension_, dimension_}; }
  std::span<const float> operator[](size_t row) const { return {values_.data() + row * dimension_, dimension_}; }

  float* data() { return values_.data(); }
  const float* data() const { return values_.data(); }

 private:
  size_t rows_ = 0;
  size_t dimension_ = 0;
  std::vector<float> values_;
};

}  // namespace sbert
