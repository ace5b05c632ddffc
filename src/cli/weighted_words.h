#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "nn/module.h"

namespace sbert::cli {

struct WeightedWords {
  std::vector<std::string> words;         ///< in the order of the file
  std::map<std::string, double> weights;  ///< of those that have one
};

/// A word a line, perhaps with white space and its weight behind it; `.gz` too. THROWS: not_found, io; corrupt_data
/// naming the line, or if there is no word.
WeightedWords read_weighted_words(const std::filesystem::path& path);

/// The words of the first module's tokens: that of token i at place i.
std::vector<std::string> tokens_of(const nn::InputModule& input);

}  // namespace sbert::cli
