#pragma once

#include "data/row_source.h"
#include "data/table_options.h"
#include "text/utf8_lines.h"

namespace sbert {

/// One text a line, in one column "text". An empty line is an empty text, so that line numbers stay row numbers.
class TextTable : public RowSource {
 public:
  TextTable(const std::filesystem::path& path, const TableOptions& options) : lines_(path, options.encoding) {}

  const std::vector<std::string>& names() const override { return names_; }
  void select(std::vector<size_t>) override {}
  bool next(std::vector<Value>& row) override;
  std::string where() const override { return lines_.where(); }

 private:
  text::Utf8Lines lines_;
  std::vector<std::string> names_{"text"};
};

}  // namespace sbert
