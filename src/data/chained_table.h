#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "data/column_tree.h"
#include "data/row_source.h"

namespace sbert {

/// The rows of several files, one file after the other; each is opened when it is its turn. They have the same columns,
/// in any order; but what a file lacks whose rows need not have all columns is a null.
class ChainedTable : public RowSource {
 public:
  using Open = std::function<std::unique_ptr<RowSource>(const std::filesystem::path&)>;

  ChainedTable(std::vector<std::filesystem::path> files, Open open);

  const std::vector<std::string>& names() const override { return names_; }
  /// THROWS: what opening the files throws; corrupt_data if they have different columns.
  void find_columns() override;
  const ColumnTree* tree() const override { return has_tree_ ? &tree_ : nullptr; }
  bool sparse() const override { return sparse_; }
  void select(std::vector<size_t> columns) override;
  bool next(std::vector<Value>& row) override;
  std::string where() const override { return source_->where(); }

 private:
  void add_columns(const RowSource& other, const std::filesystem::path& file);
  void open_next();
  /// Selects from the file that is open what it has of the selection.
  void select_in_file(const std::filesystem::path& file);

  std::vector<std::filesystem::path> files_;
  Open open_;
  size_t next_file_ = 1;
  std::unique_ptr<RowSource> source_;
  bool has_tree_, sparse_;  ///< of the first file
  ColumnTree tree_;
  std::vector<std::string> names_;
  std::vector<size_t> selection_;
  std::vector<size_t> slots_;  ///< in `row`, of what is selected from the file
  std::vector<Value> cells_;
};

}  // namespace sbert
