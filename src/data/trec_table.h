#pragma once

#include "data/row_source.h"
#include "data/table_options.h"
#include "text/utf8_lines.h"

namespace sbert {

/// Lines "COARSE:fine text" (Li & Roth 2002): columns label ("COARSE"), fine_label ("COARSE:fine") and text.
class TrecTable : public RowSource {
 public:
  TrecTable(const std::filesystem::path& path, const TableOptions& options) : lines_(path, options.encoding) {}

  const std::vector<std::string>& names() const override { return names_; }
  void select(std::vector<size_t> columns) override { selection_ = std::move(columns); }
  bool next(std::vector<Value>& row) override;
  std::string where() const override { return lines_.where(); }

 private:
  text::Utf8Lines lines_;
  std::vector<std::string> names_{"label", "fine_label", "text"};
  std::vector<size_t> selection_{0, 1, 2};
};

}  // namespace sbert
