#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "data/table.h"

namespace sbert {

/// Streams the texts of one column, for inputs larger than memory. One thread at a time.
class TextReader {
 public:
  /// The column is the one in `options.columns`; without it, the file's only column, or the one called "text" or
  /// "sentence". THROWS: what TableReader throws; invalid_argument if it is not clear which column is meant.
  explicit TextReader(const std::filesystem::path& path, const TableOptions& options = {});

  /// Overwrites `texts` with the next ones, at most `max_texts`; false if there were none left.
  bool next(std::vector<std::string>& texts, size_t max_texts);

 private:
  TableReader table_;
  std::vector<Value> row_;
};

/// All texts of a column.
std::vector<std::string> read_texts(const std::filesystem::path& path, const TableOptions& options = {});

}  // namespace sbert
