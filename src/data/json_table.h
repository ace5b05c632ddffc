#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "data/column_tree.h"
#include "data/json_rows.h"
#include "data/json_source.h"
#include "data/row_source.h"
#include "data/table_options.h"

namespace sbert {

/// The rows of a JSON file (see JsonRows), in constant memory. The columns are all keys that any row has; a key that a
/// row lacks is a null. A .json file may also be COCO captions, whose annotations are grouped, in memory: columns
/// image_id and captions (a list of texts), in the order in which the images first come.
class JsonTable : public RowSource {
 public:
  /// THROWS: not_found, io, corrupt_data.
  JsonTable(const std::filesystem::path& path, const TableOptions& options);

  const std::vector<std::string>& names() const override { return columns_.names(); }
  void find_columns() override;
  const ColumnTree* tree() const override { return &columns_; }
  bool sparse() const override { return true; }
  void select(std::vector<size_t> columns) override;
  bool next(std::vector<Value>& row) override;
  std::string where() const override { return rows_.where(); }

 private:
  static constexpr size_t kNotSelected = static_cast<size_t>(-1);

  void group_captions();
  bool read_row();

  JsonSource source_;
  TextEncoding encoding_;
  JsonRows rows_;
  ColumnTree columns_;  ///< of the first row, after find_columns() of all
  bool found_all_ = false;
  Value row_;
  bool pending_ = false;  ///< row_ is the first one, read for its keys
  Value::List captions_;
  size_t next_caption_ = 0;
  size_t width_ = 0;           ///< columns selected
  std::vector<size_t> slots_;  ///< of each column, where it goes; those beyond are not selected
};

}  // namespace sbert
