#include "text/directory.h"

#include "base/files.h"
#include "text/converters/registry.h"

namespace sbert::text {

Json read_tokenizer_directory(const std::filesystem::path& directory) {
  TokenizerSources sources = read_tokenizer_sources(directory);
  return convert_tokenizer(sources);
}

std::vector<std::pair<std::string, std::string>> read_tokenizer_files(const std::filesystem::path& directory) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const char* name :
       {"tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.txt",
        "vocab.json", "merges.txt", "sentencepiece.bpe.model", "spiece.model", "tokenizer.model"}) {
    if (is_there(directory / name)) files.emplace_back(name, read_regular_file(directory / name));
  }
  return files;
}

}  // namespace sbert::text
