#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sbert::parquet {

// Numbers are those of parquet.thrift, https://github.com/apache/parquet-format.

enum class Physical { boolean, int32, int64, int96, float32, float64, byte_array, fixed_byte_array };
enum class Repetition { required, optional, repeated };
enum class Codec { none, snappy, gzip, lzo, brotli, lz4_hadoop, zstd, lz4 };
enum class Encoding {
  plain = 0,
  plain_dictionary = 2,
  rle = 3,
  bit_packed = 4,
  delta_binary_packed = 5,
  delta_length_byte_array = 6,
  delta_byte_array = 7,
  rle_dictionary = 8,
  byte_stream_split = 9,
};

/// What a column, or a group of columns, means.
enum class Meaning { plain, list, map, unsigned_integer, decimal, float16 };

/// The schema in the order of the file: a group is followed by its children.
struct SchemaElement {
  std::string name;
  std::optional<Physical> physical{};  ///< none: a group
  Repetition repetition = Repetition::required;
  Meaning meaning = Meaning::plain;
  size_t children = 0;
  int width = 0;  ///< bytes of a fixed_byte_array
  int scale = 0;  ///< of a decimal
};

/// One column of one row group.
struct ColumnChunk {
  Codec codec = Codec::none;
  uint64_t begin = 0, size = 0;  ///< its bytes in the file
};

struct RowGroup {
  uint64_t rows = 0;
  std::vector<ColumnChunk> columns{};  ///< one for each column that is no group
};

struct FileMetadata {
  std::vector<SchemaElement> schema{};
  std::vector<RowGroup> row_groups{};
};

/// From the end of a file. THROWS: corrupt_data; unsupported for an encrypted file.
FileMetadata read_metadata(std::string_view file);

struct PageHeader {
  enum class Kind { data, index, dictionary, data_v2 };

  Kind kind = Kind::index;
  size_t size = 0;               ///< of the page in the file, behind the header
  size_t uncompressed_size = 0;  ///< all of it
  uint64_t values = 0;           ///< nulls count
  Encoding encoding = Encoding::plain;
  Encoding level_encoding = Encoding::rle;
  // Of data_v2, where the levels lie in front of what is compressed.
  size_t repetition_size = 0, definition_size = 0;
  bool compressed = true;
  size_t header_size = 0;
};

/// From the beginning of `bytes`. THROWS: corrupt_data.
PageHeader read_page_header(std::string_view bytes);

}  // namespace sbert::parquet
