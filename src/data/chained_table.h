#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "data/row_source.h"

namespace sbert {

/// The rows of several files with the same columns, one file after the other; each is opened when it is its turn.
class ChainedTable : public RowSource {
 public:
  using Open = std::function<std::unique_ptr<RowSource>(const std::filesystem::path&)>;

  ChainedTable(std::vector<std::filesystem::path> files, Open open);

  const std::vector<std::string>& names() const override { return names_; }
  void select(std::vector<size_t> columns) override;
  bool next(std::vector<Value>& row) override;
  std::string where() const override { return source_->where(); }

 private:
  void open_next();

  std::vector<std::filesystem::path> files_;
  Open open_;
  size_t next_file_ = 1;
  std::unique_ptr<RowSource> source_;
  std::vector<std::string> names_;
  std::vector<size_t> selection_;
};

}  // namespace sbert
