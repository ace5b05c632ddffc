#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <span>
#include <vector>

namespace sbert {

/// Memory whose zeros come from the system: a large matrix costs nothing before it is written, and is then spread over
/// the threads that write it.
template <class T>
struct ZeroedAllocator {
  using value_type = T;

  T* allocate(size_t count) {
    void* const memory = std::calloc(count, sizeof(T));
    if (memory == nullptr && count != 0) throw std::bad_alloc();
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, size_t) noexcept { std::free(memory); }

  void construct(T*) noexcept {}  // it is 0 already
  void construct(T* place, const T& value) noexcept { *place = value; }

  bool operator==(const ZeroedAllocator&) const = default;
};

/// A row-major float matrix [rows, dimension]: one row a text. A value: copying copies the numbers.
class Embeddings {
 public:
  Embeddings() = default;
  Embeddings(size_t rows, size_t dimension) : rows_(rows), dimension_(dimension), values_(rows * dimension) {}
  /// REQUIRES: values.size() == rows * dimension.
  Embeddings(size_t rows, size_t dimension, const std::vector<float>& values)
      : rows_(rows), dimension_(dimension), values_(values.begin(), values.end()) {}

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
  std::vector<float, ZeroedAllocator<float>> values_;
};

}  // namespace sbert
