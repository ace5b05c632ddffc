#pragma once

#include <map>
#include <memory>
#include <span>
#include <vector>

#include <sbert/dataset.h>

#include "base/files.h"
#include "data/parquet/column_reader.h"

namespace sbert::parquet {

/// The rows of one row group: puts what lies in columns together again. Lists become lists, groups records, maps lists
/// of records.
class RecordReader {
 public:
  /// Of some columns of the file, which must outlive this. THROWS (as all of it): corrupt_data, unsupported.
  RecordReader(const std::shared_ptr<const MappedFile>& file, std::span<const Node* const> columns,
               const RowGroup& group);

  /// One value for each of the columns. REQUIRES: no more calls than the group has rows.
  void next(std::vector<Value>& row);

 private:
  ColumnReader& first_leaf(const Node& node) { return *leaves_.at(node.first_leaf); }
  Value read(const Node& node);
  Value read_present(const Node& node);
  /// The elements of a repeated node; `wrapped`: each is its only child.
  Value read_repeated(const Node& node, bool wrapped);
  /// Goes past the one entry of each column in `node` that says there is nothing.
  void skip(const Node& node);

  std::span<const Node* const> columns_;
  std::map<size_t, std::unique_ptr<ColumnReader>> leaves_;
};

}  // namespace sbert::parquet
