#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/column_tree.h"
#include "data/row_source.h"
#include "data/table_options.h"

namespace sbert {

/// Streams the chosen columns of a table file, row by row, in constant memory. One thread at a time.
class TableReader {
 public:
  /// "-" is stdin. THROWS: not_found, io; not_found for a missing column; corrupt_data.
  explicit TableReader(const std::filesystem::path& path, const TableOptions& options = {});

  const std::vector<Column>& columns() const { return columns_; }
  /// Overwrites `row` with one cell for each of columns(). False at the end.
  /// THROWS: corrupt_data, also if the file had no rows at all.
  bool next(std::vector<Value>& row);
  std::string where() const { return source_->where(); }
  const std::string& name() const { return name_; }
  uint64_t rows() const { return rows_; }  ///< read so far

 private:
  /// Where the cell of a column comes from: a cell of the source and, in a record, the way down.
  struct Origin {
    size_t cell;
    std::vector<std::string> path{};
    bool shared = false;  ///< a later column needs (a part of) the same value, so it may not be moved away
  };

  void use_all_columns();
  void use_columns(const std::vector<Column>& columns);
  /// The column of names()[cell], or one for each member of its records.
  void add_members(const std::string& source, size_t cell, const ColumnTree& members, std::vector<std::string>& path);
  /// Whether one of the columns known so far is meant, or a member of its records.
  std::optional<Origin> find(const std::string& source) const;
  [[noreturn]] void fail_no_column(std::string wanted);
  void find_shared();
  Value take(const Origin& origin);

  std::string name_;
  std::unique_ptr<RowSource> source_;
  std::vector<Column> columns_;
  std::vector<Origin> origins_;  ///< one for each of columns_
  std::vector<Value> cells_;     ///< the row as the source gave it
  bool pending_ = false;         ///< cells_ holds the first row, read for its records
  uint64_t rows_ = 0;
};

}  // namespace sbert
