#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "data/json_reader.h"

namespace sbert {

/// The rows of a JSON file: values one after the other, on lines of their own or not, or the elements of one list that
/// is the whole file. A row is an object; or a list, whose elements are the columns 0, 1, ...; or, in a list that is
/// the whole file, a text or number, which is the column "text". A null is a row without columns. No more than one row
/// is in memory, unless the whole file is a list, in one line, of other things than objects. One thread at a time.
class JsonRows {
 public:
  JsonRows(const JsonSource& source, text::TextEncoding encoding) : reader_(source, encoding) {}

  /// Overwrites `row` with a record; false at the end. THROWS: corrupt_data naming the line; io.
  bool next(Value& row);
  /// The place where the last row begins: its line and, in the list that is the file, which element it is, from 1.
  std::string where() const;
  const std::string& name() const { return reader_.name(); }

 private:
  enum class Layout { unknown, values, list, finished };
  enum class Kind { object, list, text };

  void begin();
  /// The elements of the first list until it is clear whether it is a row or the file.
  void begin_with_list();
  bool next_value(Value& row);
  /// In the list that is the file: whether another element follows.
  bool next_element();
  Value as_row(Value value);

  JsonReader reader_;
  Layout layout_ = Layout::unknown;
  Value::List first_;         ///< read to find out the layout
  size_t given_ = 0;          ///< of them
  size_t elements_ = 0;       ///< of the list that may be the file, so far
  std::optional<Kind> kind_;  ///< of all rows
  uint64_t rows_ = 0, row_line_ = 1;
};

}  // namespace sbert
