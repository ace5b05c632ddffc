#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "data/parquet/record_reader.h"
#include "data/row_source.h"
#include "data/table_options.h"

namespace sbert {

/// A Parquet file, a page of each column at a time: texts, numbers, truth values, lists, maps and groups of them. Only
/// the columns that are asked for are read. One that is compressed as a whole (.gz), or comes through a pipe, is copied
/// to a temporary file, as reading begins at the end.
class ParquetTable : public RowSource {
 public:
  /// THROWS: not_found, io, corrupt_data; unsupported for an encrypted file.
  ParquetTable(const std::filesystem::path& path, const TableOptions& options);

  const std::vector<std::string>& names() const override { return names_; }
  void select(std::vector<size_t> columns) override;
  /// THROWS: corrupt_data; unsupported for a column that holds something else, such as pictures.
  bool next(std::vector<Value>& row) override;
  std::string where() const override { return name_ + ": row " + std::to_string(row_); }

 private:
  bool read_row(std::vector<Value>& row);

  std::string name_;
  std::shared_ptr<const MappedFile> file_;
  parquet::FileMetadata metadata_;
  std::vector<parquet::Node> columns_;
  std::vector<std::string> names_;
  std::vector<const parquet::Node*> selection_;
  size_t next_group_ = 0;
  std::optional<parquet::RecordReader> group_;
  uint64_t left_in_group_ = 0;
  uint64_t row_ = 0;
};

}  // namespace sbert
