#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "data/table.h"

namespace sbert {

/// Sentences by id, and which of them mean the same.
struct DuplicatePairs {
  std::map<std::string, std::string> sentences;
  std::vector<std::pair<std::string, std::string>> duplicates;
};

/// A table of (text, text) rows: its distinct texts are the sentences, its rows the duplicates. With a label column
/// only rows with a label above 0 are.
DuplicatePairs read_duplicate_pairs(const std::filesystem::path& path, const TableOptions& table);

}  // namespace sbert
