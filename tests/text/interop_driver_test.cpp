#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "base/json.h"
#include "text/tokenizer.h"

namespace sbert::text {
namespace {

/// Half of tests/interop/tokenizers_differential.py, which compares our ids with those of PyPI `tokenizers`: reads
/// texts, one JSON string a line, and writes their ids, one list a line, as Python prints it.
TEST(TokenizerInterop, WritesTheIdsOfAFileOfTexts) {
  const char* tokenizer_path = std::getenv("SBERT_INTEROP_TOKENIZER");
  if (!tokenizer_path) GTEST_SKIP() << "is run by tests/interop/tokenizers_differential.py";
  const std::filesystem::path path(tokenizer_path);
  const Tokenizer tokenizer =
      std::filesystem::is_directory(path) ? Tokenizer::from_directory(path) : Tokenizer::from_file(path);
  std::ifstream texts(std::getenv("SBERT_INTEROP_TEXTS"));
  std::ofstream ids(std::getenv("SBERT_INTEROP_IDS"));
  for (std::string line; std::getline(texts, line);) {
    const Encoding encoding = tokenizer.encode(Json::parse(line).get<std::string>());
    ids << '[';
    for (size_t i = 0; i < encoding.ids.size(); ++i)
      ids << (i ? ", " : "") << encoding.ids[i];
    ids << "]\n";
  }
  ASSERT_TRUE(ids.flush());
}

}  // namespace
}  // namespace sbert::text
