#include "model/stored_tensor.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/bfloat16.h"
#include "base/fail.h"
#include "model/float16.h"

namespace sbert {
namespace {

constexpr std::array<StoredType, 15> kTypes{{
    {"F64", "float64", StoredDType::f64, 8},
    {"F32", "float32", StoredDType::f32, 4},
    {"F16", "float16", StoredDType::f16, 2},
    {"BF16", "bfloat16", StoredDType::bf16, 2},
    {"I64", "int64", StoredDType::other, 8},
    {"U64", "uint64", StoredDType::other, 8},
    {"I32", "int32", StoredDType::other, 4},
    {"U32", "uint32", StoredDType::other, 4},
    {"I16", "int16", StoredDType::other, 2},
    {"U16", "uint16", StoredDType::other, 2},
    {"I8", "int8", StoredDType::other, 1},
    {"U8", "uint8", StoredDType::other, 1},
    {"BOOL", "bool", StoredDType::other, 1},
    {"F8_E4M3", "float8_e4m3fn", StoredDType::other, 1},
    {"F8_E5M2", "float8_e5m2", StoredDType::other, 1},
}};

/// Calls `take(index)` with the place of each element among those of `bytes`, in row-major order.
template <class Take>
void for_each_place(const StoredTensor& tensor, Take&& take) {
  const int64_t count = element_count(tensor.shape);
  std::vector<int64_t> index(tensor.strides.size());
  int64_t place = 0;
  for (int64_t i = 0; i < count; ++i) {
    take(tensor.strides.empty() ? i : place);
    for (size_t axis = index.size(); axis > 0; --axis) {
      place += tensor.strides[axis - 1];
      if (++index[axis - 1] < tensor.shape[axis - 1]) break;
      place -= tensor.strides[axis - 1] * tensor.shape[axis - 1];
      index[axis - 1] = 0;
    }
  }
}

template <class Stored, class To, class Convert>
void copy_elements(const StoredTensor& tensor, To* out, Convert&& convert) {
  for_each_place(tensor, [&](int64_t place) {
    Stored stored;
    std::memcpy(&stored, tensor.bytes.data() + static_cast<size_t>(place) * sizeof(Stored), sizeof(Stored));
    *out++ = convert(stored);
  });
}

}  // namespace

const StoredType* find_stored_type(std::string_view name) {
  const auto* found = std::ranges::find(kTypes, name, &StoredType::name);
  return found == kTypes.end() ? nullptr : found;
}

const StoredType& stored_type(StoredDType dtype) {
  return *std::ranges::find(kTypes, dtype, &StoredType::dtype);
}

const StoredType* find_torch_type(std::string_view name) {
  const auto* found = std::ranges::find(kTypes, name, &StoredType::torch_name);
  return found == kTypes.end() ? nullptr : found;
}

int64_t element_count(const std::vector<int64_t>& shape) {
  int64_t count = 1;
  for (const int64_t extent : shape)
    count *= extent;
  return count;
}

std::optional<uint64_t> checked_byte_size(std::span<const int64_t> shape, uint64_t element_size) {
  uint64_t size = element_size;
  for (const int64_t extent : shape) {
    if (extent < 0 || __builtin_mul_overflow(size, static_cast<uint64_t>(extent), &size)) return std::nullopt;
  }
  return size;
}

void copy_as_float(const StoredTensor& tensor, float* out) {
  switch (tensor.dtype) {
    case StoredDType::f32:
      if (!tensor.strides.empty()) return copy_elements<float>(tensor, out, [](float x) { return x; });
      if (!tensor.bytes.empty()) std::memcpy(out, tensor.bytes.data(), tensor.bytes.size());
      return;
    case StoredDType::f64:
      return copy_elements<double>(tensor, out, [](double x) { return static_cast<float>(x); });
    case StoredDType::f16:
      return copy_elements<uint16_t>(tensor, out, [](uint16_t bits) { return from_float16(bits); });
    case StoredDType::bf16:
      return copy_elements<uint16_t>(tensor, out, [](uint16_t bits) { return to_float(BFloat16{bits}); });
    case StoredDType::other:
      break;
  }
  fail(ErrorCode::unsupported, "tensor '", tensor.name, "' has dtype ", tensor.dtype_name,
       "; parameters must be F32, F16, BF16 or F64");
}

std::vector<int64_t> copy_as_integers(const StoredTensor& tensor) {
  std::vector<int64_t> values(static_cast<size_t>(element_count(tensor.shape)));
  if (tensor.dtype_name == "I8") {
    copy_elements<int8_t>(tensor, values.data(), [](int8_t x) { return x; });
  } else if (tensor.dtype_name == "I32") {
    copy_elements<int32_t>(tensor, values.data(), [](int32_t x) { return x; });
  } else {
    copy_elements<int64_t>(tensor, values.data(), [](int64_t x) { return x; });
  }
  return values;
}

bool is_float_in_place(const StoredTensor& tensor) {
  return tensor.dtype == StoredDType::f32 && tensor.strides.empty() &&
         reinterpret_cast<uintptr_t>(tensor.bytes.data()) % alignof(float) == 0;
}

}  // namespace sbert
