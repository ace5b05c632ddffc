#include "model/pytorch_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/fail.h"
#include "model/pickle.h"
#include "model/zip_archive.h"

namespace sbert {
namespace {

using Kind = PickleValue::Kind;
using Bytes = std::span<const std::byte>;
/// By key, as the pickle names them.
using Storages = std::map<std::string, Bytes, std::less<>>;

constexpr std::string_view kZipMagic = "PK\3\4";
/// The pickle of torch's magic number, 0x1950a86a20f9469cfc6c.
constexpr std::string_view kLegacyMagic{"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15};
constexpr int64_t kLegacyProtocol = 1001;

/// As in torch, and a bound on what one tensor takes in memory.
constexpr size_t kMaxAxes = 64;
constexpr uint64_t kMaxExpandedBytes = uint64_t{1} << 28;

constexpr std::string_view kUntypedStorage = "torch.storage.UntypedStorage";

struct StorageClass {
  std::string_view name;
  std::string_view type;  ///< of its elements
};

constexpr std::array<StorageClass, 11> kStorageClasses{{
    {"torch.DoubleStorage", "float64"},
    {"torch.FloatStorage", "float32"},
    {"torch.HalfStorage", "float16"},
    {"torch.BFloat16Storage", "bfloat16"},
    {"torch.LongStorage", "int64"},
    {"torch.IntStorage", "int32"},
    {"torch.ShortStorage", "int16"},
    {"torch.CharStorage", "int8"},
    {"torch.ByteStorage", "uint8"},
    {"torch.BoolStorage", "bool"},
    {kUntypedStorage, "uint8"},  // bytes; its tensors say what they hold
}};

constexpr std::string_view kRebuildTensor = "torch._utils._rebuild_tensor";
constexpr std::string_view kRebuildTensor2 = "torch._utils._rebuild_tensor_v2";
constexpr std::string_view kRebuildTensor3 = "torch._utils._rebuild_tensor_v3";
constexpr std::string_view kRebuildParameter = "torch._utils._rebuild_parameter";

const StoredType* storage_type(std::string_view storage_class) {
  const auto* found = std::ranges::find(kStorageClasses, storage_class, &StorageClass::name);
  return found == kStorageClasses.end() ? nullptr : find_torch_type(found->type);
}

bool allowed(std::string_view global) {
  constexpr std::array kFunctions{std::string_view("collections.OrderedDict"), kRebuildTensor, kRebuildTensor2,
                                  kRebuildTensor3, kRebuildParameter};
  constexpr std::string_view kTorch = "torch.";
  return std::ranges::find(kFunctions, global) != kFunctions.end() || storage_type(global) != nullptr ||
         (global.starts_with(kTorch) && find_torch_type(global.substr(kTorch.size())) != nullptr);
}

/// What a tensor's call is given.
class Arguments {
 public:
  Arguments(const PickleValue& tuple, const std::string& where) : items_(tuple.items), where_(where) {}

  const PickleValue& at(size_t index, Kind kind) const {
    if (index >= items_.size() || items_[index]->kind != kind) {
      fail(ErrorCode::corrupt_data, where_, ": argument ", index, " of what makes it is not what it should be");
    }
    return *items_[index];
  }
  std::string_view text(size_t index) const { return at(index, Kind::text).text; }
  std::string_view global(size_t index) const { return at(index, Kind::global).text; }
  int64_t size(size_t index) const { return checked(at(index, Kind::integer)); }
  std::vector<int64_t> sizes(size_t index) const {
    const auto& items = at(index, Kind::tuple).items;
    if (items.size() > kMaxAxes) fail(ErrorCode::corrupt_data, where_, ": has more than ", kMaxAxes, " axes");
    std::vector<int64_t> sizes;
    for (const PickleValue* item : items)
      sizes.push_back(checked(*item));
    return sizes;
  }
  /// Whether there is one that is a dictionary with something in it.
  bool has_entries(size_t index) const {
    return index < items_.size() && items_[index]->kind == Kind::dictionary && !items_[index]->items.empty();
  }
  const std::string& where() const { return where_; }

 private:
  int64_t checked(const PickleValue& value) const {
    if (value.kind != Kind::integer || value.integer < 0) {
      fail(ErrorCode::corrupt_data, where_, ": sizes, strides and offset must be whole numbers of 0 or more");
    }
    return value.integer;
  }

  const std::vector<const PickleValue*>& items_;
  std::string where_;
};

struct Storage {
  const StoredType* type;
  Bytes bytes;
};

/// ('storage', class, key, device, number of elements), and in legacy files what it is a view of.
Storage find_storage(const Arguments& id, const Storages& storages) {
  const std::string_view storage_class = id.global(1);
  const StoredType* type = storage_type(storage_class);
  const auto found = storages.find(id.text(2));
  if (type == nullptr || found == storages.end()) {
    fail(ErrorCode::corrupt_data, id.where(), ": its storage '", id.text(2), "' of class ", storage_class,
         " is not in the file");
  }
  if (id.size(4) > static_cast<int64_t>(found->second.size() / type->size)) {
    fail(ErrorCode::corrupt_data, id.where(), ": its storage '", id.text(2), "' has ", found->second.size(),
         " bytes, which is less than ", id.size(4), " elements; is the file truncated?");
  }
  return {type, found->second.first(static_cast<size_t>(id.size(4)) * type->size)};
}

bool is_row_major(const std::vector<int64_t>& shape, const std::vector<int64_t>& strides) {
  int64_t expected = 1;
  for (size_t axis = shape.size(); axis > 0; --axis) {
    if (shape[axis - 1] == 1) continue;
    if (strides[axis - 1] != expected) return false;
    expected *= shape[axis - 1];
  }
  return true;
}

/// Elements from the first to the last, both included; nothing if too many to count.
std::optional<uint64_t> reach(const std::vector<int64_t>& shape, const std::vector<int64_t>& strides) {
  int64_t last = 0;
  for (size_t axis = 0; axis < shape.size(); ++axis) {
    int64_t step;
    if (__builtin_mul_overflow(shape[axis] - 1, strides[axis], &step) || __builtin_add_overflow(last, step, &last)) {
      return std::nullopt;
    }
  }
  return static_cast<uint64_t>(last) + 1;
}

StoredTensor view(const Arguments& arguments, const Storage& storage, const std::string& name) {
  StoredTensor tensor{.name = name,
                      .dtype = storage.type->dtype,
                      .dtype_name = std::string(storage.type->name),
                      .shape = arguments.sizes(2),
                      .bytes = {}};
  auto strides = arguments.sizes(3);
  const auto outside = [&] {
    fail(ErrorCode::corrupt_data, arguments.where(), ": does not lie within its storage of ", storage.bytes.size(),
         " bytes");
  };
  const uint64_t size = storage.type->size;
  const auto bytes = checked_byte_size(tensor.shape, size);
  const auto offset = static_cast<uint64_t>(arguments.size(1));
  // Expanded, with strides of 0, it may be larger than its storage.
  if (strides.size() != tensor.shape.size() || !bytes) outside();
  if (*bytes > std::max<uint64_t>(storage.bytes.size(), kMaxExpandedBytes)) {
    fail(ErrorCode::unsupported, arguments.where(), ": is expanded to ", *bytes, " bytes; save it after .contiguous()");
  }
  if (*bytes == 0) return tensor;
  const auto elements = reach(tensor.shape, strides);
  const uint64_t available = storage.bytes.size() / size;
  if (!elements || offset > available || *elements > available - offset) outside();
  tensor.bytes = storage.bytes.subspan(offset * size, *elements * size);
  if (!is_row_major(tensor.shape, strides)) tensor.strides = std::move(strides);
  return tensor;
}

StoredTensor read_tensor(const PickleValue& call, const Storages& storages, const std::string& name,
                         const std::string& where) {
  const std::string& function = call.items[0]->text;
  const Arguments arguments(*call.items[1], where);
  if (function == kRebuildParameter) {
    const PickleValue& inner = arguments.at(0, Kind::call);
    if (inner.items[0]->text == kRebuildParameter) {
      fail(ErrorCode::corrupt_data, where, ": is a parameter of a parameter");
    }
    return read_tensor(inner, storages, name, where);
  }
  const bool third = function == kRebuildTensor3;
  if (!third && function != kRebuildTensor2 && function != kRebuildTensor) {
    fail(ErrorCode::unsupported, where, ": is made by ", function, ", not as tensors are");
  }
  // Behind all others: marks such as "conjugate", which change what the elements mean.
  if (arguments.has_entries(third ? 7 : 6)) {
    fail(ErrorCode::unsupported, where, ": is a tensor with marks; save it again after .clone()");
  }
  Storage storage = find_storage(Arguments(*arguments.at(0, Kind::persistent).items[0], where), storages);
  if (third) {
    const std::string_view type = arguments.global(6);
    storage.type = find_torch_type(type.substr(type.find('.') + 1));
    if (storage.type == nullptr) fail(ErrorCode::corrupt_data, where, ": ", type, " is not a type of elements");
  }
  return view(arguments, storage, name);
}

std::vector<StoredTensor> read_tensors(const PickleValue& root, const Storages& storages, const std::string& file) {
  if (root.kind != Kind::dictionary) {
    fail(ErrorCode::unsupported, file, ": holds something else than a dictionary of tensors");
  }
  std::vector<StoredTensor> tensors;
  for (size_t i = 0; i < root.items.size(); i += 2) {
    const PickleValue& key = *root.items[i];
    const PickleValue& value = *root.items[i + 1];
    if (key.kind != Kind::text || value.kind != Kind::call) continue;
    tensors.push_back(read_tensor(value, storages, key.text, concat(file, ": tensor '", key.text, "'")));
  }
  return tensors;
}

/// archive/data.pkl, archive/byteorder, archive/data/0, archive/data/1, ...
std::vector<StoredTensor> read_zip(Bytes bytes, const std::string& where) {
  constexpr std::string_view kPickle = "/data.pkl";
  const auto entries = read_zip_archive(bytes, where);
  const auto pickle_entry = std::ranges::find_if(entries, [&](const auto& entry) {
    return entry.first.ends_with(kPickle) && entry.first.find('/') == entry.first.size() - kPickle.size();
  });
  if (pickle_entry == entries.end()) {
    fail(ErrorCode::corrupt_data, where, ": is a zip archive without data.pkl, so not one of torch.save");
  }
  const std::string folder = pickle_entry->first.substr(0, pickle_entry->first.size() - kPickle.size() + 1);
  if (const auto order = entries.find(folder + "byteorder");
      order != entries.end() && ByteReader(order->second, where).text(order->second.size()) != "little") {
    fail(ErrorCode::unsupported, where, ": was written on a big-endian machine");
  }
  Storages storages;
  for (const auto& [name, contents] : entries) {
    if (const std::string data = folder + "data/"; name.starts_with(data))
      storages.emplace(name.substr(data.size()), contents);
  }
  ByteReader reader(pickle_entry->second, where);
  const Pickle pickle = read_pickle(reader, allowed);
  return read_tensors(*pickle.root, storages, where);
}

/// Type of each storage that a legacy file has, by key.
std::map<std::string, const StoredType*, std::less<>> storage_types(const Pickle& pickle, const std::string& where) {
  std::map<std::string, const StoredType*, std::less<>> types;
  for (const PickleValue& value : pickle.values) {
    if (value.kind != Kind::persistent) continue;
    const Arguments id(*value.items[0], where);
    if (value.items[0]->items.size() > 5 && value.items[0]->items[5]->kind != Kind::other) {
      fail(ErrorCode::unsupported, where,
           ": has a storage that is a view of another; save it again with a newer torch");
    }
    if (const StoredType* type = storage_type(id.global(1))) types.emplace(id.text(2), type);
  }
  return types;
}

/// Four pickles (magic, protocol, the machine it was written on, the dictionary), a list of keys, and of each key the
/// number of elements and the elements.
std::vector<StoredTensor> read_legacy(Bytes bytes, const std::string& where) {
  ByteReader reader(bytes, where);
  reader.take(kLegacyMagic.size());
  if (read_pickle(reader, allowed).root->integer != kLegacyProtocol) {
    fail(ErrorCode::unsupported, where, ": has another protocol than ", kLegacyProtocol);
  }
  const Pickle machine = read_pickle(reader, allowed);
  for (size_t i = 0; machine.root->kind == Kind::dictionary && i < machine.root->items.size(); i += 2) {
    if (machine.root->items[i]->text == "little_endian" && machine.root->items[i + 1]->integer == 0) {
      fail(ErrorCode::unsupported, where, ": was written on a big-endian machine");
    }
  }
  const Pickle pickle = read_pickle(reader, allowed);
  const auto types = storage_types(pickle, where);
  Storages storages;
  const Pickle keys = read_pickle(reader, allowed);
  for (const PickleValue* key : keys.root->items) {
    const auto type = types.find(key->text);
    if (type == types.end()) fail(ErrorCode::corrupt_data, where, ": no tensor uses storage '", key->text, "'");
    const auto elements = reader.number<uint64_t>();
    if (elements > reader.left() / type->second->size) {
      fail(ErrorCode::corrupt_data, where, ": storage '", key->text, "' of ", elements,
           " elements does not fit; is the file truncated?");
    }
    storages.emplace(key->text, reader.take(elements * type->second->size));
  }
  return read_tensors(*pickle.root, storages, where);
}

}  // namespace

PytorchFile::PytorchFile(const std::filesystem::path& path) : file_(MappedFile::open(path)) {
  const Bytes bytes = file_->bytes();
  const std::string_view text = file_->text();
  refuse_lfs_pointer(text, path);
  if (text.starts_with(kZipMagic)) {
    tensors_ = read_zip(bytes, path.string());
  } else if (text.starts_with(kLegacyMagic)) {
    tensors_ = read_legacy(bytes, path.string());
  } else {
    fail(ErrorCode::corrupt_data, path.string(), ": is not a file of torch.save");
  }
}

}  // namespace sbert
