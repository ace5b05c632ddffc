#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include <sbert/data.h>

#include "data/table.h"

namespace sbert {

/// What examples must look like.
struct ExampleShape {
  size_t texts = 0;             ///< how many; 0: at least one
  std::optional<bool> label{};  ///< with or without; default: either
};

/// Streams a table as training examples: the label column (see is_label) becomes the label, times its scale; all
/// others are texts, in the order of the columns. One thread at a time.
class ExampleReader {
 public:
  /// THROWS: what TableReader throws; invalid_argument if the columns do not have the wanted shape.
  explicit ExampleReader(const std::filesystem::path& path, const TableOptions& options = {},
                         const ExampleShape& shape = {});

  /// Overwrites `example`; false at the end. THROWS: corrupt_data naming file, line and column.
  bool next(InputExample& example);

  const std::vector<Column>& columns() const { return table_.columns(); }

 private:
  TableReader table_;
  std::optional<size_t> label_;  ///< index of the label column
  std::vector<Cell> row_;
};

/// All examples of a file.
std::vector<InputExample> read_examples(const std::filesystem::path& path, const TableOptions& options = {},
                                        const ExampleShape& shape = {});

}  // namespace sbert
