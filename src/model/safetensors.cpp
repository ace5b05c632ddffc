#include "model/safetensors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <numeric>
#include <optional>
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

struct TypeInfo {
  std::string_view name;
  StoredDType dtype;
  uint64_t bits;
};

constexpr std::array<TypeInfo, 15> kTypes{{
    {"F64", StoredDType::f64, 64},
    {"F32", StoredDType::f32, 32},
    {"F16", StoredDType::f16, 16},
    {"BF16", StoredDType::bf16, 16},
    {"I64", StoredDType::other, 64},
    {"U64", StoredDType::other, 64},
    {"I32", StoredDType::other, 32},
    {"U32", StoredDType::other, 32},
    {"I16", StoredDType::other, 16},
    {"U16", StoredDType::other, 16},
    {"I8", StoredDType::other, 8},
    {"U8", StoredDType::other, 8},
    {"BOOL", StoredDType::other, 8},
    {"F8_E4M3", StoredDType::other, 8},
    {"F8_E5M2", StoredDType::other, 8},
}};

const TypeInfo& type_info(std::string_view name, const std::string& where) {
  const auto found = std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& type) { return type.name == name; });
  if (found == kTypes.end()) fail(ErrorCode::corrupt_data, where, ": unknown dtype '", name, "'");
  return *found;
}

const TypeInfo& type_info(StoredDType dtype) {
  return *std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& type) { return type.dtype == dtype; });
}

/// Bytes of a tensor of this shape, or nothing if that overflows.
std::optional<uint64_t> byte_size(const std::vector<int64_t>& shape, uint64_t bits) {
  uint64_t size = bits / 8;
  for (const int64_t extent : shape) {
    if (__builtin_mul_overflow(size, static_cast<uint64_t>(extent), &size)) return std::nullopt;
  }
  return size;
}

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
  const TypeInfo& type = type_info(tensor.dtype_name, where);
  tensor.dtype = type.dtype;
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
  const auto size = byte_size(tensor.shape, type.bits);
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

fs::path shard_path(const fs::path& directory, const std::string& name, const std::string& index) {
  if (name.empty() || name.find('/') != std::string::npos || name == "..") {
    fail(ErrorCode::corrupt_data, index, ": shard name '", name, "' leads out of the directory");
  }
  return directory / name;
}

void write_values(std::ostream& stream, const TensorToWrite& tensor, uint64_t count) {
  if (tensor.dtype == StoredDType::f32) {
    stream.write(reinterpret_cast<const char*>(tensor.data), static_cast<std::streamsize>(count * sizeof(float)));
    return;
  }
  std::array<uint16_t, 4096> block;
  for (uint64_t begin = 0; begin < count; begin += block.size()) {
    const uint64_t end = std::min<uint64_t>(count, begin + block.size());
    for (uint64_t i = begin; i < end; ++i) {
      block[i - begin] =
          tensor.dtype == StoredDType::bf16 ? to_bfloat16(tensor.data[i]).bits : to_float16(tensor.data[i]);
    }
    stream.write(reinterpret_cast<const char*>(block.data()),
                 static_cast<std::streamsize>((end - begin) * sizeof(uint16_t)));
  }
}

}  // namespace

SafetensorsFile::SafetensorsFile(const fs::path& path) : file_(MappedFile::open(path)) {
  const auto bytes = file_->bytes();
  const std::string where = path.string();
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
      metadata_ = json_required<std::map<std::string, std::string>>(header, "__metadata__", where);
    } else {
      tensors_.push_back(read_entry(name, entry, data, where));
    }
  }
  check_tiling(tensors_, data, where);
}

std::shared_ptr<const TensorFiles> TensorFiles::open(const fs::path& directory) {
  auto files = std::make_shared<TensorFiles>();
  const fs::path single = directory / "model.safetensors";
  const fs::path index = directory / "model.safetensors.index.json";
  if (file_exists(single) || !file_exists(index)) {
    files->add(single);
    return files;
  }
  const Json json = read_json_file(index);
  const auto weight_map = json_required<std::map<std::string, std::string>>(json, "weight_map", index.string());
  std::vector<std::string> shards;
  for (const auto& [tensor, shard] : weight_map)
    shards.push_back(shard);
  std::sort(shards.begin(), shards.end());
  shards.erase(std::unique(shards.begin(), shards.end()), shards.end());
  for (const auto& shard : shards)
    files->add(shard_path(directory, shard, index.string()));
  return files;
}

void TensorFiles::add(const fs::path& path) {
  files_.emplace_back(path);
  for (const auto& tensor : files_.back().tensors()) {
    if (!by_name_.emplace(tensor.name, tensors_.size()).second) {
      fail(ErrorCode::corrupt_data, path.string(), ": tensor '", tensor.name, "' is in another shard too");
    }
    tensors_.push_back(tensor);
  }
}

const StoredTensor* TensorFiles::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &tensors_[found->second];
}

void TensorFiles::release(std::span<const std::byte> bytes) const {
  for (const auto& file : files_)
    file.release(bytes);
}

void copy_as_float(const StoredTensor& tensor, float* out) {
  const auto convert = [&]<class Stored>(Stored, auto to_value) {
    const size_t count = tensor.bytes.size() / sizeof(Stored);
    for (size_t i = 0; i < count; ++i) {
      Stored stored;
      std::memcpy(&stored, tensor.bytes.data() + i * sizeof(Stored), sizeof(Stored));
      out[i] = to_value(stored);
    }
  };
  switch (tensor.dtype) {
    case StoredDType::f32:
      std::memcpy(out, tensor.bytes.data(), tensor.bytes.size());
      return;
    case StoredDType::f64:
      return convert(double{}, [](double x) { return static_cast<float>(x); });
    case StoredDType::f16:
      return convert(uint16_t{}, [](uint16_t bits) { return from_float16(bits); });
    case StoredDType::bf16:
      return convert(uint16_t{}, [](uint16_t bits) { return to_float(BFloat16{bits}); });
    case StoredDType::other:
      break;
  }
  fail(ErrorCode::unsupported, "tensor '", tensor.name, "' has dtype ", tensor.dtype_name,
       "; parameters must be F32, F16, BF16 or F64");
}

void write_safetensors(const fs::path& path, std::span<const TensorToWrite> tensors,
                       const std::map<std::string, std::string>& metadata) {
  OrderedJson header = OrderedJson::object();
  if (!metadata.empty()) header["__metadata__"] = metadata;
  uint64_t offset = 0;
  for (const auto& tensor : tensors) {
    const TypeInfo& type = type_info(tensor.dtype);
    const uint64_t size = byte_size(tensor.shape, type.bits).value();
    header[tensor.name] = {{"dtype", type.name}, {"shape", tensor.shape}, {"data_offsets", {offset, offset + size}}};
    offset += size;
  }
  std::string text = header.dump();
  text.append((8 - text.size() % 8) % 8, ' ');  // the data begins at a multiple of 8
  write_file_atomically(path, [&](std::ostream& stream) {
    const uint64_t header_size = text.size();
    stream.write(reinterpret_cast<const char*>(&header_size), kPrefixBytes);
    stream.write(text.data(), static_cast<std::streamsize>(text.size()));
    for (const auto& tensor : tensors)
      write_values(stream, tensor, byte_size(tensor.shape, 8).value());
  });
}

}  // namespace sbert
