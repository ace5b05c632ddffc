#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/cell.h"
#include "data/columns.h"

namespace sbert {

enum class TableFormat {
  text,   ///< one text a line; the one column is called "text"
  jsonl,  ///< one JSON object a line
  csv,    ///< RFC 4180; tabs instead of commas if the first line says so
  tsv,
};

/// How to read a table file.
struct TableOptions {
  std::optional<TableFormat> format{};  ///< default: by extension (.gz apart), plain text for any other
  bool header = true;                   ///< csv and tsv: the first row names the columns; else they are 0, 1, 2, ...
  bool quoting = true;                  ///< csv and tsv: "..." may hold separators, line ends and "" for a quote
  std::optional<char> delimiter{};      ///< csv and tsv
  std::vector<Column> columns{};        ///< default: all, in the order of the file
};

/// The rows of one file format. Implementations: csv_table.h, jsonl_table.h, text_table.h; one line each in table.cpp.
class RowSource {
 public:
  virtual ~RowSource() = default;
  /// Names of all columns of the file.
  virtual const std::vector<std::string>& names() const = 0;
  /// Which columns `next` gives, as indices into names(). REQUIRES: called once, before `next`.
  virtual void select(std::vector<size_t> columns) = 0;
  /// Overwrites `row` with the next row; false at the end. THROWS: corrupt_data naming file and line.
  virtual bool next(std::vector<Cell>& row) = 0;
  /// "<file>: line <n>" of the last row.
  virtual std::string where() const = 0;
};

/// Streams the chosen columns of a table file, row by row, in constant memory. One thread at a time.
class TableReader {
 public:
  /// "-" is stdin. THROWS: not_found, io; not_found for a missing column; corrupt_data.
  explicit TableReader(const std::filesystem::path& path, const TableOptions& options = {});

  const std::vector<Column>& columns() const { return columns_; }
  /// Overwrites `row` with one cell for each of columns(). False at the end.
  /// THROWS: corrupt_data, also if the file had no rows at all.
  bool next(std::vector<Cell>& row);
  std::string where() const { return source_->where(); }
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::unique_ptr<RowSource> source_;
  std::vector<Column> columns_;
  bool any_ = false;
};

/// The format a file name stands for: by its extension, without ".gz".
TableFormat table_format_of(const std::filesystem::path& path);

}  // namespace sbert
