#pragma once

#include "data/row_source.h"
#include "data/table_options.h"
#include "text/utf8_lines.h"

namespace sbert {

/// One JSON object a line (blank lines are skipped). The columns are the keys of the first object, in its order; later
/// objects may have more, but need the chosen ones. Or one list a line, whose elements are the columns 0, 1, ...
class JsonlTable : public RowSource {
 public:
  JsonlTable(const std::filesystem::path& path, const TableOptions& options);

  const std::vector<std::string>& names() const override { return names_; }
  void select(std::vector<size_t> columns) override { selection_ = std::move(columns); }
  bool next(std::vector<Value>& row) override;
  std::string where() const override { return lines_.where(); }

 private:
  /// Parses the next line into `object_`; false at the end.
  bool read_object();

  text::Utf8Lines lines_;
  std::string line_;
  Value object_;
  bool pending_ = false;  ///< object_ is the first one, read for its keys
  std::vector<std::string> names_;
  std::vector<size_t> selection_;
};

/// What a row says of its columns: an object is that already; the elements of a list have the names 0, 1, ..., as the
/// columns of a CSV file without header. Anything else is returned as it is.
Value as_object(Value row);

/// Moves the values of `names` out of `object`. `where` begins the message if one is missing.
/// THROWS: corrupt_data.
void take_members(Value& object, const std::vector<std::string>& names, const std::vector<size_t>& selection,
                  const std::string& where, std::vector<Value>& row);

}  // namespace sbert
