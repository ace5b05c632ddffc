#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sbert {

/// Element types of weights on disk. Only the floating ones can be read as parameters.
enum class StoredDType { f64, f32, f16, bf16, other };

/// An element type as safetensors ("F32") and torch ("float32") call it.
struct StoredType {
  std::string_view name;
  std::string_view torch_name;
  StoredDType dtype;
  uint64_t size;  ///< bytes
};

/// Null if there is none of this name.
const StoredType* find_stored_type(std::string_view name);
const StoredType* find_torch_type(std::string_view name);
/// REQUIRES: not `other`.
const StoredType& stored_type(StoredDType dtype);

/// One tensor of a file. `bytes` points into the mapped file and lives as long as it does.
struct StoredTensor {
  std::string name;
  StoredDType dtype = StoredDType::other;
  std::string dtype_name;  ///< as safetensors would call it: "F32", "I64", ...
  std::vector<int64_t> shape;
  std::span<const std::byte> bytes;
  /// Elements from one index of each axis to the next, all within `bytes`; empty: row-major, and `bytes` is all of it.
  std::vector<int64_t> strides{};
};

/// REQUIRES: the shape of a tensor whose size was checked.
int64_t element_count(const std::vector<int64_t>& shape);
/// Bytes of a tensor of any shape; nothing if an extent is negative or they are too many to count.
std::optional<uint64_t> checked_byte_size(std::span<const int64_t> shape, uint64_t element_size);

/// Converts to float, row-major. THROWS: unsupported if the tensor is not of a floating type.
void copy_as_float(const StoredTensor& tensor, float* out);
/// REQUIRES: a tensor of I64, I32 or I8.
std::vector<int64_t> copy_as_integers(const StoredTensor& tensor);
/// Whether `bytes` can be read as the row-major floats that they are.
bool is_float_in_place(const StoredTensor& tensor);

}  // namespace sbert
