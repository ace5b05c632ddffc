#include "data/parquet/metadata.h"

#include <algorithm>

#include "base/fail.h"
#include "data/parquet/compact_reader.h"

namespace sbert::parquet {
namespace {

constexpr std::string_view kMagic = "PAR1", kEncryptedMagic = "PARE";

size_t read_size(CompactReader& reader) {
  const int64_t value = reader.integer();
  if (value < 0) fail(ErrorCode::corrupt_data, "the Parquet file holds a negative size");
  return static_cast<size_t>(value);
}

/// A number that stands for a member of an enumeration whose last one is `last`.
template <class Enum>
Enum read_enum(CompactReader& reader, Enum last, const char* what) {
  const int64_t value = reader.integer();
  if (value < 0 || value > static_cast<int64_t>(last)) {
    fail(ErrorCode::unsupported, "the Parquet file uses ", what, " ", value, ", which this version does not know");
  }
  return static_cast<Enum>(value);
}

Encoding read_encoding(CompactReader& reader) {
  return read_enum(reader, Encoding::byte_stream_split, "encoding");
}

/// What older writers say instead of a logical type.
Meaning meaning_of_converted(int64_t type) {
  switch (type) {
    case 1:  // MAP
    case 2:  // MAP_KEY_VALUE
      return Meaning::map;
    case 3:
      return Meaning::list;
    case 5:
      return Meaning::decimal;
    case 11:  // UINT_8 to UINT_64
    case 12:
    case 13:
    case 14:
      return Meaning::unsigned_integer;
    default:
      return Meaning::plain;
  }
}

/// LogicalType is a union: the field that is there says which it is.
void read_logical_type(CompactReader& reader, SchemaElement& element) {
  reader.read_struct([&](int id) {
    switch (id) {
      case 2:
        element.meaning = Meaning::map;
        return reader.skip();
      case 3:
        element.meaning = Meaning::list;
        return reader.skip();
      case 5:
        element.meaning = Meaning::decimal;
        return reader.skip();
      case 10:  // INTEGER: bits, signed
        return reader.read_struct([&](int field) {
          if (field != 2) return reader.skip();
          element.meaning = reader.boolean() ? Meaning::plain : Meaning::unsigned_integer;
        });
      case 15:
        element.meaning = Meaning::float16;
        return reader.skip();
      default:
        return reader.skip();
    }
  });
}

SchemaElement read_schema_element(CompactReader& reader) {
  SchemaElement element;
  reader.read_struct([&](int id) {
    switch (id) {
      case 1:
        element.physical = read_enum(reader, Physical::fixed_byte_array, "type");
        return;
      case 2:
        element.width = static_cast<int>(std::min<size_t>(read_size(reader), 1 << 30));
        return;
      case 3:
        element.repetition = read_enum(reader, Repetition::repeated, "repetition");
        return;
      case 4:
        element.name = std::string(reader.text());
        return;
      case 5:
        element.children = read_size(reader);
        return;
      case 6:
        element.meaning = meaning_of_converted(reader.integer());
        return;
      case 7:
        element.scale = static_cast<int>(std::clamp<int64_t>(reader.integer(), -100, 100));
        return;
      case 10:
        return read_logical_type(reader, element);
      default:
        return reader.skip();
    }
  });
  return element;
}

ColumnChunk read_column_chunk(CompactReader& reader) {
  ColumnChunk chunk;
  uint64_t data = 0, dictionary = 0;
  const auto read_column_metadata = [&](int id) {
    switch (id) {
      case 4:
        chunk.codec = read_enum(reader, Codec::lz4, "compression");
        return;
      case 7:
        chunk.size = read_size(reader);
        return;
      case 9:
        data = read_size(reader);
        return;
      case 11:
        dictionary = read_size(reader);
        return;
      default:
        return reader.skip();
    }
  };
  reader.read_struct([&](int id) {
    if (id == 1) fail(ErrorCode::unsupported, "the Parquet file keeps columns in other files");
    if (id == 3) return reader.read_struct(read_column_metadata);
    reader.skip();
  });
  chunk.begin = dictionary != 0 ? std::min(dictionary, data) : data;
  return chunk;
}

RowGroup read_row_group(CompactReader& reader) {
  RowGroup group;
  reader.read_struct([&](int id) {
    if (id == 1) return reader.read_list([&] { group.columns.push_back(read_column_chunk(reader)); });
    if (id == 3) {
      group.rows = read_size(reader);
    } else {
      reader.skip();
    }
  });
  return group;
}

}  // namespace

FileMetadata read_metadata(std::string_view file) {
  constexpr size_t kTail = 8;  // the size of the metadata, and the magic bytes again
  if (file.ends_with(kEncryptedMagic)) fail(ErrorCode::unsupported, "the Parquet file is encrypted");
  if (file.size() < kMagic.size() + kTail || !file.starts_with(kMagic) || !file.ends_with(kMagic)) {
    fail(ErrorCode::corrupt_data, "is no Parquet file, or is cut off");
  }
  uint64_t size = 0;
  for (size_t i = 0; i < 4; ++i)
    size |= static_cast<uint64_t>(static_cast<uint8_t>(file[file.size() - kTail + i])) << (8 * i);
  if (size > file.size() - kMagic.size() - kTail) fail(ErrorCode::corrupt_data, "the Parquet file is cut off");
  CompactReader reader(file.substr(file.size() - kTail - size, size));
  FileMetadata metadata;
  reader.read_struct([&](int id) {
    if (id == 2) return reader.read_list([&] { metadata.schema.push_back(read_schema_element(reader)); });
    if (id == 4) return reader.read_list([&] { metadata.row_groups.push_back(read_row_group(reader)); });
    reader.skip();
  });
  return metadata;
}

PageHeader read_page_header(std::string_view bytes) {
  CompactReader reader(bytes);
  PageHeader page;
  const auto read_values = [&](int id) {
    switch (id) {
      case 1:
        page.values = read_size(reader);
        return;
      case 2:
        page.encoding = read_encoding(reader);
        return;
      case 3:
      case 4:
        if (page.kind == PageHeader::Kind::dictionary) return reader.skip();
        if (read_encoding(reader) != Encoding::rle) page.level_encoding = Encoding::bit_packed;
        return;
      default:
        return reader.skip();
    }
  };
  const auto read_values_v2 = [&](int id) {
    switch (id) {
      case 1:
        page.values = read_size(reader);
        return;
      case 4:
        page.encoding = read_encoding(reader);
        return;
      case 5:
        page.definition_size = read_size(reader);
        return;
      case 6:
        page.repetition_size = read_size(reader);
        return;
      case 7:
        page.compressed = reader.boolean();
        return;
      default:
        return reader.skip();
    }
  };
  reader.read_struct([&](int id) {
    switch (id) {
      case 1:
        page.kind = read_enum(reader, PageHeader::Kind::data_v2, "pages of type");
        return;
      case 2:
        page.uncompressed_size = read_size(reader);
        return;
      case 3:
        page.size = read_size(reader);
        return;
      case 5:
      case 7:
        return reader.read_struct(read_values);
      case 8:
        return reader.read_struct(read_values_v2);
      default:
        return reader.skip();
    }
  });
  page.header_size = reader.position();
  return page;
}

}  // namespace sbert::parquet
