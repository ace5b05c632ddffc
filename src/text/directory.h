#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"

namespace sbert::text {

/// The tokenizer.json of a model directory as transformers would have it: made of other files where there is none. Most
/// classes (BertTokenizer, LlamaTokenizer) make it anew, with nothing but the vocabulary, the added tokens and the
/// post-processor or charsmap of the one that is there; TokenizersBackend, and a class that nobody knows, takes it as
/// it is. THROWS: not_found, io, corrupt_data; unsupported also for a class that is not known here.
Json read_tokenizer_directory(const std::filesystem::path& directory);

/// Name and bytes of all files of a directory that a tokenizer may be made of: what belongs into a model that is saved
/// again, so that Python opens it as before. THROWS: io.
std::vector<std::pair<std::string, std::string>> read_tokenizer_files(const std::filesystem::path& directory);

}  // namespace sbert::text
