#pragma once

#include <vector>

#include "data/table.h"

namespace sbert {

/// Looks whether the columns of a table are texts where nobody said which are: the index that pandas writes into a file
/// is none, nor is a column of numbers, which a CSV file does not tell from texts.
class TextColumnCheck {
 public:
  /// THROWS: invalid_argument for a column without a name.
  explicit TextColumnCheck(const TableReader& table);

  void add(const std::vector<Value>& row);
  /// After the last row. THROWS: invalid_argument for a column with nothing but numbers.
  void finish() const;

 private:
  struct Watched {
    size_t column;
    bool seen_number = false;
  };

  std::string name_;
  std::vector<Column> columns_;
  std::vector<Watched> watched_;  ///< those that may still be numbers
};

}  // namespace sbert
