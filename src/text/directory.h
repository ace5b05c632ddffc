#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"

namespace sbert::text {

/// What a model directory says about its tokenizer.
struct TokenizerDirectory {
  Json tokenizer;                                          // tokenizer.json as transformers would have it
  std::vector<std::pair<std::string, std::string>> files;  // name and bytes of what there is, for saving it again
};

/// transformers does not use tokenizer.json as it is for some classes: it builds normalizer and pre-tokenizer anew from
/// tokenizer_config.json and takes the vocabulary alone from the file. This does the same to the JSON.
/// THROWS: not_found, io, corrupt_data.
TokenizerDirectory read_tokenizer_directory(const std::filesystem::path& directory);

}  // namespace sbert::text
