#pragma once

#include "data/table.h"
#include "data/utf8_lines.h"

namespace sbert {

/// One JSON object a line (blank lines are skipped). The columns are the keys of the first object, in its order; later
/// objects may have more, but need the chosen ones.
class JsonlTable : public RowSource {
 public:
  explicit JsonlTable(const std::filesystem::path& path);

  const std::vector<std::string>& names() const override { return names_; }
  void select(std::vector<size_t> columns) override { selection_ = std::move(columns); }
  bool next(std::vector<Cell>& row) override;
  std::string where() const override { return lines_.where(); }

 private:
  /// Parses the next object into `object_`; false at the end.
  bool read_object();

  Utf8Lines lines_;
  std::string line_;
  OrderedJson object_;
  bool pending_ = false;  ///< object_ is the first one, read for its keys
  std::vector<std::string> names_;
  std::vector<size_t> selection_;
};

}  // namespace sbert
