#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include <sbert/error.h>
#include <sbert/tokenizer.h>

#include "base/json.h"
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

/// Ids of all texts and pairs, or what is wrong with the directory.
Json opened(const std::filesystem::path& directory, const Json& texts) {
  try {
    const Tokenizer tokenizer = Tokenizer::from_directory(directory);
    Json ids = Json::array();
    for (const Json& text : texts["texts"])
      ids.push_back(tokenizer.encode(text.get<std::string>()).ids);
    for (const Json& pair : texts["pairs"])
      ids.push_back(tokenizer.encode_pair(pair[0].get<std::string>(), pair[1].get<std::string>()).ids);
    return ids;
  } catch (const Error& error) {
    return error.what();
  }
}

/// Half of tests/interop/tokenizer_classes_differential.py, which compares us with transformers' AutoTokenizer: reads
/// names of directories, one a line, and writes an answer a line.
TEST(TokenizerDirectoryInterop, OpensAListOfDirectories) {
  const char* list = std::getenv("SBERT_INTEROP_DIRECTORIES");
  if (!list) GTEST_SKIP() << "is run by tests/interop/tokenizer_classes_differential.py";
  const Json texts = read_json_file(std::getenv("SBERT_INTEROP_TEXTS"));
  std::ifstream directories(list);
  std::ofstream answers(std::getenv("SBERT_INTEROP_ANSWERS"));
  for (std::string line; std::getline(directories, line);)
    answers << opened(line, texts).dump(-1, ' ', true, Json::error_handler_t::replace) << '\n';
  ASSERT_TRUE(answers.flush());
}

}  // namespace
}  // namespace sbert::text
