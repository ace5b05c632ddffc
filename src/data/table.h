#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "data/column_tree.h"
#include "data/row_source.h"
#include "data/table_options.h"

namespace sbert {

/// Streams the chosen columns of a table file, row by row, in constant memory. The file is opened once, whatever the
/// options leave to be found in it. One thread at a time.
class TableReader {
 public:
  /// THROWS: not_found, io; not_found for a missing column; invalid_argument if no column is the only one or has one
  /// of the wanted names; corrupt_data.
  explicit TableReader(const InputFile& file, const TableOptions& options = {});

  const std::vector<Column>& columns() const { return columns_; }
  /// Overwrites `row` with one cell for each of columns(). False at the end.
  /// THROWS: corrupt_data, also if the file had no rows at all.
  bool next(std::vector<Value>& row);
  std::string where() const { return source_->where(); }
  const std::string& name() const { return name_; }
  uint64_t rows() const { return rows_; }                ///< read so far
  uint64_t unlabelled_rows() const { return skipped_; }  ///< those among them that were left out
  /// Whether somebody named the columns; otherwise they are what the file has.
  bool chosen() const { return chosen_; }
  bool is_typed() const { return source_->is_typed(); }

 private:
  /// Where the cell of a column comes from: a cell of the source and, in a record, the way down.
  struct Origin {
    size_t cell;
    std::vector<std::string> path{};
    bool shared = false;  ///< a later column needs (a part of) the same value, so it may not be moved away
  };
  /// Of a name: the first column of the source that has it, and how many have it.
  struct Place {
    size_t index;
    size_t count;
  };

  void use(const TableOptions& options);
  void use_all_columns();
  void index_names();
  void find_all_columns();
  /// Also looks beyond the first row, if there is need.
  bool has_all(const std::vector<Column>& columns);
  /// `skips`: rows without a label are left out, `reads_other_labels`: also if the label is none of the columns.
  void use_columns(const std::vector<Column>& columns, bool skips, bool reads_other_labels);
  void keep_one_column(const std::vector<std::string>& names);
  /// The column of names()[cell], or one for each member of its records.
  void add_members(const std::string& source, size_t cell, const ColumnTree& members, std::vector<std::string>& path);
  std::vector<Column> with_label(std::vector<Column> columns) const;
  /// Whether one of the columns known so far is meant, or a member of its records.
  std::optional<Origin> find(const std::string& source) const;
  void find_label();
  [[noreturn]] void fail_no_column(std::string wanted);
  void find_shared();
  /// Null where a record lacks it.
  Value* value_of(const Origin& origin);
  bool is_unlabelled();

  std::string name_;
  std::unique_ptr<RowSource> source_;
  std::unordered_map<std::string, Place> places_;
  std::vector<Column> columns_;
  std::vector<Origin> origins_;  ///< one for each of columns_
  std::optional<Origin> label_;  ///< rows without it are left out
  std::vector<Value> cells_;     ///< the row as the source gave it
  bool chosen_ = false;
  bool pending_ = false;  ///< cells_ holds the first row, read for its records
  uint64_t rows_ = 0, skipped_ = 0;
};

}  // namespace sbert
