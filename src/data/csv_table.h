#pragma once

#include "data/csv_record.h"
#include "data/row_source.h"
#include "data/table_options.h"

namespace sbert {

/// Rows of a CSV or TSV file. With a header every row has as many fields as the header; without one, as many as the
/// first row, or, when columns are chosen by number, at least those (files such as the STS benchmark carry additional
/// fields in some rows).
class CsvTable : public RowSource {
 public:
  CsvTable(const std::filesystem::path& path, const TableOptions& options);

  const std::vector<std::string>& names() const override { return names_; }
  void select(std::vector<size_t> columns) override;
  bool next(std::vector<Value>& row) override;
  std::string where() const override { return records_.where(); }

 private:
  void check_width() const;

  CsvRecords records_;
  bool header_;
  std::vector<std::string> names_;
  std::vector<size_t> selection_;
  size_t needed_ = 0;     ///< fields a row must have at least
  bool exact_ = true;     ///< ... and at most
  bool pending_ = false;  ///< fields_ hold the first row of a file without a header, not yet given out
  std::vector<std::string> fields_;
};

}  // namespace sbert
