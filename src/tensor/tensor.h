#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>

#include "base/bfloat16.h"
#include "kernels/dtype.h"

namespace sbert {

template <class T>
constexpr DType dtype_of() {
  if constexpr (std::is_same_v<T, double>) {
    return DType::f64;
  } else if constexpr (std::is_same_v<T, BFloat16>) {
    return DType::bf16;
  } else {
    static_assert(std::is_same_v<T, float>);
    return DType::f32;
  }
}

/// A contiguous, row-major matrix [rows, cols]. A handle: copies share the numbers; `clone` does not. Vectors are
/// [1, n]. Rows up to padded_rows(rows) are allocated and zeroed so that any tensor can go into a GEMM (see gemm.h);
/// tensors made by `borrow` and `slice` have no such rows.
class Tensor {
 public:
  Tensor() = default;

  /// Not initialised (but for the padding rows).
  static Tensor empty(int64_t rows, int64_t cols, DType dtype = DType::f32);
  static Tensor zeros(int64_t rows, int64_t cols, DType dtype = DType::f32);
  /// Somebody else's memory, kept alive by `owner`. Must not be written to if `owner` is a read-only mapping.
  static Tensor borrow(const float* data, int64_t rows, int64_t cols, std::shared_ptr<const void> owner);
  Tensor clone() const;
  /// Rows [begin, end) of the same memory.
  Tensor slice(int64_t begin, int64_t end) const;

  bool defined() const { return buffer_ != nullptr; }
  int64_t rows() const { return rows_; }
  int64_t cols() const { return cols_; }
  int64_t size() const { return rows_ * cols_; }
  DType dtype() const { return dtype_; }
  /// Rows that a GEMM may read or write: padded_rows(rows()) where they are allocated, else rows().
  int64_t gemm_rows() const { return gemm_rows_; }
  /// No other tensor shares the memory, so it may be overwritten.
  bool unique() const { return buffer_.use_count() == 1; }

  void* raw() const { return data_; }
  /// REQUIRES: T is the element type.
  template <class T>
  T* data() const {
    check_dtype(dtype_of<T>());
    return static_cast<T*>(data_);
  }
  template <class T>
  T* row(int64_t index) const {
    return data<T>() + index * cols_;
  }

 private:
  void check_dtype(DType dtype) const;

  std::shared_ptr<const void> buffer_;
  void* data_ = nullptr;
  int64_t rows_ = 0;
  int64_t cols_ = 0;
  int64_t gemm_rows_ = 0;
  DType dtype_ = DType::f32;
};

/// Calls `body(T{})` with T = float or double, the type a tensor computes in.
template <class Body>
decltype(auto) with_scalar(DType dtype, Body&& body) {
  if (dtype == DType::f64) return body(double{});
  return body(float{});
}

}  // namespace sbert
