#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "data/columns.h"
#include "text/utf8_lines.h"

namespace sbert {

enum class TableFormat {
  text,   ///< one text a line; the one column is called "text"
  jsonl,  ///< JSON objects or lists, laid out in any way; see json_table.h
  json,   ///< the same; or COCO captions (image_id, captions)
  csv,    ///< RFC 4180; tabs instead of commas if the first line says so
  tsv,
  trec,     ///< "COARSE:fine text" a line, as the TREC question classes come: columns label, fine_label, text
  parquet,  ///< see parquet_table.h
};

using text::TextEncoding;

/// How to read a table file.
struct TableOptions {
  std::optional<TableFormat> format{};  ///< default: by extension (.gz apart), plain text for any other
  bool header = true;                   ///< csv and tsv: the first row names the columns; else they are 0, 1, 2, ...
  bool quoting = true;                  ///< csv and tsv: "..." may hold separators, line ends and "" for a quote
  std::optional<char> delimiter{};      ///< csv and tsv
  TextEncoding encoding = TextEncoding::utf8;  ///< of all formats but parquet
  /// More files, whose rows follow those of the first; see ChainedTable on their columns.
  std::vector<std::filesystem::path> following{};
  /// More tables whose rows stand beside those of the first (sentences.en, sentences.de), each of files that follow one
  /// another. A column name that several tables have gets a number: text1, text2, ...
  std::vector<std::vector<std::filesystem::path>> beside{};
  /// Which columns, in this order. Default: all, in the order of the file; the members of records are columns
  /// ("set.query" is called query).
  std::vector<Column> columns{};
};

}  // namespace sbert
