#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "data/table.h"
#include "data/text_columns.h"

namespace sbert {

/// Streams the texts of one column, for inputs larger than memory. One thread at a time.
class TextReader {
 public:
  /// The column is the one in `options.columns`; without it, the one with a name in `options.text_names` (default:
  /// "text" or "sentence"), or the file's only one. THROWS: what TableReader and TextColumnCheck throw;
  /// invalid_argument if it is not clear which column is meant.
  explicit TextReader(const InputFile& file, const TableOptions& options = {});

  /// Overwrites `texts` with the next ones, at most `max_texts`; false if there were none left.
  bool next(std::vector<std::string>& texts, size_t max_texts);

 private:
  TableReader table_;
  TextColumnCheck check_;
  std::vector<Value> row_;
};

/// All texts of a column.
std::vector<std::string> read_texts(const InputFile& file, const TableOptions& options = {});

}  // namespace sbert
