#include "model/zip_archive.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/byte_reader.h"

namespace sbert {
namespace {

// APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.5.3.
constexpr uint32_t kLocalHeader = 0x04034b50;
constexpr uint32_t kDirectoryHeader = 0x02014b50;
constexpr uint32_t kEnd = 0x06054b50;
constexpr uint32_t kZip64End = 0x06064b50;
constexpr uint32_t kZip64Locator = 0x07064b50;
constexpr uint64_t kLocalHeaderSize = 30;
constexpr uint64_t kEndSize = 22;
constexpr uint64_t kZip64LocatorSize = 20;
constexpr uint64_t kMaxComment = 0xffff;
constexpr uint16_t kZip64Extra = 1;
/// What stands where zip64 has the real number.
constexpr uint32_t kElsewhere = 0xffffffff;

struct Directory {
  uint64_t entries, size, offset;
};

struct ZipEntry {
  std::string name;
  uint64_t size = 0, header = 0;
};

class ZipReader {
 public:
  ZipReader(std::span<const std::byte> archive, const std::string& where) : archive_(archive), where_(where) {}

  Directory directory() const {
    const uint64_t end = find_end();
    ByteReader reader = at(end);
    reader.take(10);
    const auto entries = reader.number<uint16_t>();
    const auto size = reader.number<uint32_t>();
    const auto offset = reader.number<uint32_t>();
    if (end >= kZip64LocatorSize) {
      ByteReader locator = at(end - kZip64LocatorSize);
      if (locator.number<uint32_t>() == kZip64Locator) {
        locator.take(4);
        return zip64_directory(locator.number<uint64_t>());
      }
    }
    return {entries, size, offset};
  }

  ByteReader at(uint64_t offset) const {
    if (offset > archive_.size()) {
      fail(ErrorCode::corrupt_data, where_, ": the zip directory points to byte ", offset, " of ", archive_.size());
    }
    return {archive_.subspan(offset), where_};
  }

  ZipEntry next_entry(ByteReader& reader) const {
    if (reader.number<uint32_t>() != kDirectoryHeader) {
      fail(ErrorCode::corrupt_data, where_, ": the zip directory is damaged");
    }
    reader.take(4);
    const auto flags = reader.number<uint16_t>();
    const auto method = reader.number<uint16_t>();
    reader.take(8);
    const auto compressed = reader.number<uint32_t>();
    const auto size = reader.number<uint32_t>();
    const auto name_size = reader.number<uint16_t>();
    const auto extra_size = reader.number<uint16_t>();
    const auto comment_size = reader.number<uint16_t>();
    reader.take(8);
    const auto header = reader.number<uint32_t>();
    ZipEntry entry{.name = std::string(reader.text(name_size)), .size = size, .header = header};
    if (method != 0 || (flags & 1) != 0 || compressed != size) {
      fail(ErrorCode::unsupported, where_, ": '", entry.name,
           "' is compressed or encrypted, which torch.save does not do; zip it again with -0");
    }
    read_zip64(ByteReader(reader.take(extra_size), where_), entry);
    reader.take(comment_size);
    return entry;
  }

  std::span<const std::byte> contents(const ZipEntry& entry) const {
    ByteReader reader = at(entry.header);
    if (reader.number<uint32_t>() != kLocalHeader) {
      fail(ErrorCode::corrupt_data, where_, ": '", entry.name, "' is not where the zip directory says");
    }
    // Its name and extra field have lengths of their own.
    reader.take(kLocalHeaderSize - 8);
    const auto name_size = reader.number<uint16_t>();
    const auto extra_size = reader.number<uint16_t>();
    reader.take(uint64_t{name_size} + extra_size);
    return reader.take(entry.size);
  }

 private:
  /// The last record, behind which only its comment is.
  uint64_t find_end() const {
    const uint64_t size = archive_.size();
    for (uint64_t comment = 0; comment <= kMaxComment && kEndSize + comment <= size; ++comment) {
      const uint64_t offset = size - kEndSize - comment;
      ByteReader reader = at(offset);
      if (reader.number<uint32_t>() != kEnd) continue;
      reader.take(kEndSize - 6);
      if (reader.number<uint16_t>() == comment) return offset;
    }
    fail(ErrorCode::corrupt_data, where_, ": has no zip directory at its end; is the file truncated?");
  }

  Directory zip64_directory(uint64_t offset) const {
    ByteReader reader = at(offset);
    if (reader.number<uint32_t>() != kZip64End) fail(ErrorCode::corrupt_data, where_, ": the zip directory is damaged");
    reader.take(28);
    const auto entries = reader.number<uint64_t>();
    const auto size = reader.number<uint64_t>();
    return {entries, size, reader.number<uint64_t>()};
  }

  static void read_zip64(ByteReader extra, ZipEntry& entry) {
    while (extra.left() >= 4) {
      const auto id = extra.number<uint16_t>();
      ByteReader field(extra.take(extra.number<uint16_t>()), extra.where());
      if (id != kZip64Extra) continue;
      if (entry.size == kElsewhere) {
        entry.size = field.number<uint64_t>();
        field.take(8);  // the compressed size, which is the same
      }
      if (entry.header == kElsewhere) entry.header = field.number<uint64_t>();
    }
  }

  std::span<const std::byte> archive_;
  const std::string& where_;
};

}  // namespace

std::map<std::string, std::span<const std::byte>, std::less<>> read_zip_archive(std::span<const std::byte> archive,
                                                                                const std::string& where) {
  const ZipReader zip(archive, where);
  const Directory directory = zip.directory();
  ByteReader reader(zip.at(directory.offset).take(directory.size), where);
  std::map<std::string, std::span<const std::byte>, std::less<>> entries;
  for (uint64_t i = 0; i < directory.entries; ++i) {
    const ZipEntry entry = zip.next_entry(reader);
    if (!entries.emplace(entry.name, zip.contents(entry)).second) {
      fail(ErrorCode::corrupt_data, where, ": '", entry.name, "' is in the archive twice");
    }
  }
  return entries;
}

}  // namespace sbert
