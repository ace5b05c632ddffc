#pragma once

#include <string>
#include <vector>

#include <sbert/dataset.h>

namespace sbert {

/// The rows of one file in one format. To add a format: one file with a class like this, one line in formats.cpp.
class RowSource {
 public:
  virtual ~RowSource() = default;
  /// Names of all columns of the file.
  virtual const std::vector<std::string>& names() const = 0;
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
