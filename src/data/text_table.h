#pragma once

#include "data/table.h"
#include "data/utf8_lines.h"

namespace sbert {

/// One text a line, in one column "text". An empty line is an empty text, so that line numbers stay row numbers.
class TextTable : public RowSource {
 public:
  explicit TextTable(const std::filesystem::path& path) : lines_(path) {}

  const std::vector<std::string>& names() const override { return names_; }
  void select(std::vector<size_t> columns) override { copies_ = columns.size(); }
  bool next(std::vector<Cell>& row) override;
  std::string where() const override { return lines_.where(); }

 private:
  Utf8Lines lines_;
  std::vector<std::string> names_{"text"};
  size_t copies_ = 1;  ///< the same column may be asked for twice: (text, text) pairs train SimCSE
};

}  // namespace sbert
