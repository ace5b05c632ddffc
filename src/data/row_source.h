#pragma once

#include <string>
#include <vector>

#include <sbert/dataset.h>

namespace sbert {

class ColumnTree;

/// The rows of one file in one format. To add a format: one file with a class like this, one line in formats.cpp.
class RowSource {
 public:
  virtual ~RowSource() = default;
  /// Names of the columns: of all of them, or, where rows need not have all, of those in the first row until
  /// find_columns().
  virtual const std::vector<std::string>& names() const = 0;
  /// Afterwards names() are all columns; those that were known keep their place. Only before `next`.
  virtual void find_columns() {}
  /// The columns of names(), and those in their records, of which a row may lack some. Null where a row shows which
  /// columns are records.
  virtual const ColumnTree* tree() const { return nullptr; }
  /// Whether a row may lack columns, too: what it lacks is a null.
  virtual bool sparse() const { return false; }
  /// Which columns `next` gives, as different indices into names(); all, if it is never called. Only before `next`.
  virtual void select(std::vector<size_t> columns) = 0;
  /// Overwrites `row` with the selected cells of the next row; false at the end.
  /// THROWS: corrupt_data naming file and line; io.
  virtual bool next(std::vector<Value>& row) = 0;
  /// "<file>: line <n>" of the last row.
  virtual std::string where() const = 0;
};

/// 0, 1, ..., count - 1: the selection of all columns.
std::vector<size_t> all_columns(size_t count);

}  // namespace sbert
