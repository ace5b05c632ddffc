#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "text/requests.h"

namespace sbert::text {
namespace {

/// Half of tests/interop/tokenizers_differential.py, which compares us with PyPI `tokenizers`: reads requests, one JSON
/// value a line, and writes an answer a line.
TEST(TokenizerInterop, AnswersAFileOfRequests) {
  const char* tokenizer_path = std::getenv("SBERT_INTEROP_TOKENIZER");
  if (!tokenizer_path) GTEST_SKIP() << "is run by tests/interop/tokenizers_differential.py";
  const std::filesystem::path path(tokenizer_path);
  const Tokenizer tokenizer =
      std::filesystem::is_directory(path) ? Tokenizer::from_directory(path) : Tokenizer::from_file(path);
  const bool with_places = std::string(std::getenv("SBERT_INTEROP_PLACES")) == "1";
  std::ifstream requests(std::getenv("SBERT_INTEROP_REQUESTS"));
  std::ofstream answers(std::getenv("SBERT_INTEROP_ANSWERS"));
  for (std::string line; std::getline(requests, line);)
    answers << answer(tokenizer, Json::parse(line), with_places) << '\n';
  ASSERT_TRUE(answers.flush());
}

}  // namespace
}  // namespace sbert::text
