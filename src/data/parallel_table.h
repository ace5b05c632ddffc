#pragma once

#include <memory>

#include "data/column_tree.h"
#include "data/row_source.h"

namespace sbert {

/// Several files with the same number of rows, side by side: row i of each makes row i.
class ParallelTable : public RowSource {
 public:
  explicit ParallelTable(std::vector<std::unique_ptr<RowSource>> sources);

  const std::vector<std::string>& names() const override { return names_; }
  const ColumnTree* tree() const override { return has_tree_ ? &tree_ : nullptr; }
  bool sparse() const override { return sparse_; }
  void select(std::vector<size_t> columns) override;
  /// THROWS: corrupt_data if one file ends before another.
  bool next(std::vector<Value>& row) override;
  std::string where() const override { return sources_.front()->where(); }

 private:
  /// Which file, and which of the columns selected from it.
  struct Place {
    size_t source;
    size_t column;
  };

  std::vector<std::unique_ptr<RowSource>> sources_;
  bool has_tree_ = false, sparse_ = false;  ///< of some file
  ColumnTree tree_;
  std::vector<std::string> names_;
  std::vector<Place> columns_;  ///< of all names
  std::vector<Place> selection_;
  std::vector<std::vector<Value>> rows_;
};

}  // namespace sbert
