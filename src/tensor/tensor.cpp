#include "tensor/tensor.h"

#include <cstring>

#include "base/fail.h"
#include "kernels/gemm.h"
#include "tensor/buffer_pool.h"

namespace sbert {

Tensor Tensor::empty(int64_t rows, int64_t cols, DType dtype) {
  const int64_t allocated = padded_rows(rows);
  const size_t row_bytes = static_cast<size_t>(cols) * element_size(dtype);
  Tensor tensor;
  auto buffer = allocate_buffer(static_cast<size_t>(allocated) * row_bytes);
  tensor.data_ = buffer.get();
  tensor.buffer_ = std::move(buffer);
  tensor.rows_ = rows;
  tensor.cols_ = cols;
  tensor.gemm_rows_ = allocated;
  tensor.dtype_ = dtype;
  auto* bytes = static_cast<std::byte*>(tensor.data_);
  std::memset(bytes + static_cast<size_t>(rows) * row_bytes, 0, static_cast<size_t>(allocated - rows) * row_bytes);
  return tensor;
}

Tensor Tensor::zeros(int64_t rows, int64_t cols, DType dtype) {
  Tensor tensor = empty(rows, cols, dtype);
  std::memset(tensor.data_, 0, static_cast<size_t>(tensor.size()) * element_size(dtype));
  return tensor;
}

Tensor Tensor::borrow(const float* data, int64_t rows, int64_t cols, std::shared_ptr<const void> owner) {
  Tensor tensor;
  tensor.buffer_ = std::move(owner);
  tensor.data_ = const_cast<float*>(data);
  tensor.rows_ = tensor.gemm_rows_ = rows;
  tensor.cols_ = cols;
  return tensor;
}

Tensor Tensor::clone() const {
  Tensor copy = empty(rows_, cols_, dtype_);
  std::memcpy(copy.data_, data_, static_cast<size_t>(size()) * element_size(dtype_));
  return copy;
}

Tensor Tensor::slice(int64_t begin, int64_t end) const {
  Tensor part = *this;
  part.data_ = static_cast<std::byte*>(data_) + static_cast<size_t>(begin * cols_) * element_size(dtype_);
  part.rows_ = part.gemm_rows_ = end - begin;
  return part;
}

void Tensor::check_dtype(DType dtype) const {
  if (dtype != dtype_) fail(ErrorCode::invalid_argument, "tensor accessed as another element type than it has");
}

}  // namespace sbert
