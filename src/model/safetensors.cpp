#include "model/safetensors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>
#include <ostream>

#include "base/bfloat16.h"
#include "base/fail.h"
#include "base/json.h"
#include "model/float16.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

static_assert(std::endian::native == std::endian::little, "safetensors is read in place, so it needs little-endian");

/// The reference implementation's own limit.
constexpr uint64_t kMaxHeaderBytes = 100'000'000;
constexpr uint64_t kPrefixBytes = 8;

/// A non-negative integer of the header.
uint64_t as_unsigned(const Json& value, const std::string& where) {
  if (!value.is_number_unsigned() || value.get<uint64_t>() > static_cast<uint64_t>(INT64_MAX)) {
    fail(ErrorCode::corrupt_data, where, ": shape and data_offsets must be whole numbers of 0 or more");
  }
  return value.get<uint64_t>();
}

StoredTensor read_entry(const std::string& name, const Json& entry, std::span<const std::byte> data,
                        const std::string& file) {
  const std::string where = file + ": tensor '" + name + "'";
  StoredTensor tensor{
      .name = name, .dtype_name = json_required<std::string>(entry, "dtype", where), .shape = {}, .bytes = {}};
  const StoredType* type = find_stored_type(tensor.dtype_name);
  if (type == nullptr) fail(ErrorCode::corrupt_data, where, ": unknown dtype '", tensor.dtype_name, "'");
  tensor.dtype = type->dtype;
  const Json shape = json_required<Json>(entry, "shape", where);
  if (!shape.is_array()) fail(ErrorCode::corrupt_data, where, ": shape should be a list of extents");
  for (const Json& extent : shape) {
    tensor.shape.push_back(static_cast<int64_t>(as_unsigned(extent, where)));
  }
  const Json offsets = json_required<Json>(entry, "data_offsets", where);
  if (!offsets.is_array() || offsets.size() != 2) {
    fail(ErrorCode::corrupt_data, where, ": data_offsets should be [begin, end]");
  }
  const uint64_t begin = as_unsigned(offsets[0], where);
  const uint64_t end = as_unsigned(offsets[1], where);
  if (begin > end || end > data.size()) {
    fail(ErrorCode::corrupt_data, where, ": data_offsets [", begin, ", ", end, "] lie outside the file's ", data.size(),
         " bytes of data; is the file truncated?");
  }
  const auto size = checked_byte_size(tensor.shape, type->size);
  if (!size || *size != end - begin) {
    fail(ErrorCode::corrupt_data, where, ": has ", end - begin, " bytes, which is not what its shape and dtype say");
  }
  tensor.bytes = data.subspan(begin, end - begin);
  return tensor;
}

/// Tensors must tile the data: no overlap, no hole, nothing after the last.
void check_tiling(const std::vector<StoredTensor>& tensors, std::span<const std::byte> data, const std::string& file) {
  std::vector<size_t> order(tensors.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    const auto& left = tensors[a].bytes;
    const auto& right = tensors[b].bytes;
    return std::pair(left.data(), left.size()) < std::pair(right.data(), right.size());
  });
  const std::byte* expected = data.data();
  for (const size_t i : order) {
    const auto& tensor = tensors[i];
    if (tensor.bytes.data() != expected) {
      fail(ErrorCode::corrupt_data, file, ": tensor '", tensor.name, "' overlaps another or leaves a hole before it");
    }
    expected += tensor.bytes.size();
  }
  if (expected != data.data() + data.size()) {
    fail(ErrorCode::corrupt_data, file, ": has bytes after the last tensor");
  }
}

/// To f16, which has no number above 65504.
uint16_t checked_float16(float value, const std::string& name) {
  const uint16_t half = to_float16(value);
  if (std::isinf(from_float16(half)) && !std::isinf(value)) {
    fail(ErrorCode::unsupported, "tensor '", name, "' holds ", value, ", which is too large for f16; bf16 has room");
  }
  return half;
}

void write_values(std::ostream& stream, const float* values, uint64_t count, const TensorToWrite& tensor) {
  const StoredDType dtype = tensor.dtype;
  if (dtype == StoredDType::f32) {
    stream.write(reinterpret_cast<const char*>(values), static_cast<std::streamsize>(count * sizeof(float)));
    return;
  }
  std::array<uint16_t, 4096> block;
  for (uint64_t begin = 0; begin < count; begin += block.size()) {
    const uint64_t end = std::min<uint64_t>(count, begin + block.size());
    for (uint64_t i = begin; i < end; ++i)
      block[i - begin] =
          dtype == StoredDType::bf16 ? to_bfloat16(values[i]).bits : checked_float16(values[i], tensor.name);
    stream.write(reinterpret_cast<const char*>(block.data()),
                 static_cast<std::streamsize>((end - begin) * sizeof(uint16_t)));
  }
}

void write_tensor(std::ostream& stream, const TensorToWrite& tensor) {
  const auto count = static_cast<uint64_t>(element_count(tensor.shape));
  if (tensor.stored == nullptr) return write_values(stream, tensor.data, count, tensor);
  std::vector<float> values(count);
  copy_as_float(*tensor.stored, values.data());
  write_values(stream, values.data(), count, tensor);
}

}  // namespace

SafetensorsFile::SafetensorsFile(const fs::path& path) : file_(MappedFile::open(path)) {
  const auto bytes = file_->bytes();
  const std::string where = path.string();
  refuse_lfs_pointer(file_->text(), path);
  if (bytes.size() < kPrefixBytes) {
    fail(ErrorCode::corrupt_data, where, ": not a safetensors file: ", bytes.size(), " bytes only");
  }
  uint64_t header_size = 0;
  std::memcpy(&header_size, bytes.data(), kPrefixBytes);
  if (header_size > kMaxHeaderBytes || header_size > bytes.size() - kPrefixBytes) {
    fail(ErrorCode::corrupt_data, where, ": header of ", header_size, " bytes does not fit; is the file truncated?");
  }
  const auto header_bytes = bytes.subspan(kPrefixBytes, header_size);
  const auto data = bytes.subspan(kPrefixBytes + header_size);
  const Json header = parse_json_with_unique_keys(
      {reinterpret_cast<const char*>(header_bytes.data()), header_bytes.size()}, where + ": header");
  if (!header.is_object()) fail(ErrorCode::corrupt_data, where, ": header should be a JSON object");
  for (const auto& [name, entry] : header.items()) {
    if (name == "__metadata__") {
      metadata_ = json_value<std::map<std::string, std::string>>(header, "__metadata__", {}, where);
    } else {
      tensors_.push_back(read_entry(name, entry, data, where));
    }
  }
  check_tiling(tensors_, data, where);
}

void write_safetensors(const fs::path& path, std::span<const TensorToWrite> tensors,
                       const std::map<std::string, std::string>& metadata, const std::function<void()>& on_tensor) {
  OrderedJson header = OrderedJson::object();
  if (!metadata.empty()) header["__metadata__"] = metadata;
  uint64_t offset = 0;
  for (const auto& tensor : tensors) {
    const StoredType& type = stored_type(tensor.dtype);
    const uint64_t size = checked_byte_size(tensor.shape, type.size).value();
    header[tensor.name] = {{"dtype", type.name}, {"shape", tensor.shape}, {"data_offsets", {offset, offset + size}}};
    offset += size;
  }
  std::string text = header.dump();
  text.append((8 - text.size() % 8) % 8, ' ');  // the data begins at a multiple of 8
  write_file_atomically(path, [&](std::ostream& stream) {
    const uint64_t header_size = text.size();
    stream.write(reinterpret_cast<const char*>(&header_size), kPrefixBytes);
    stream.write(text.data(), static_cast<std::streamsize>(text.size()));
    for (const auto& tensor : tensors) {
      if (on_tensor) on_tensor();
      write_tensor(stream, tensor);
    }
  });
}

}  // namespace sbert
