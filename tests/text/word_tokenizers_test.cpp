#include <gtest/gtest.h>

#include "base/files.h"
#include "base/json.h"
#include "support/errors.h"
#include "support/temporary_directory.h"
#include "support/test_data.h"
#include "text/word_tokenizer.h"
#include "text/word_vectors.h"

namespace sbert::text {
namespace {

namespace fs = std::filesystem;
using Ids = std::vector<int32_t>;

fs::path golden(const std::string& name) {
  return test::goldens_directory() / "words" / name;
}

void expect_ids(const WordTokenizer& tokenizer, const Json& texts, const Json& ids, size_t limit = SIZE_MAX) {
  ASSERT_EQ(texts.size(), ids.size());
  for (size_t i = 0; i < texts.size(); ++i) {
    Ids ours = tokenizer.tokenize(texts[i].get<std::string>());
    ours.resize(std::min(ours.size(), limit));
    EXPECT_EQ(ours, ids[i].get<Ids>()) << texts[i].dump(-1, ' ', true);
  }
}

/// What Python's tokenizers make of a few hundred nasty strings, from the files that Python wrote.
class WordTokenizers : public testing::TestWithParam<std::string> {};

TEST_P(WordTokenizers, EveryStringGivesTheIdsOfPythonAlsoWhenSaved) {
  const Json words = read_json_file(golden("words.json"));
  const fs::path directory = golden(GetParam());
  const auto type = read_json_file(directory / "wordembedding_config.json")["tokenizer_class"].get<std::string>();
  const auto tokenizer = open_word_tokenizer(type, directory, "test");
  const size_t limit = GetParam() == "lower" ? 3 : SIZE_MAX;
  expect_ids(*tokenizer, words["texts"], words["ids"][GetParam()], limit);

  const test::TemporaryDirectory saved;
  for (const auto& [name, bytes] : tokenizer->files())
    write_file_atomically(saved / name, bytes);
  expect_ids(*open_word_tokenizer(tokenizer->type(), saved.path(), "test"), words["texts"], words["ids"][GetParam()],
             limit);
}

INSTANTIATE_TEST_SUITE_P(All, WordTokenizers, testing::Values("whitespace", "lower", "phrase", "hugging_face"));

TEST(WordTokenizer, OfAWordThatIsThereTwiceTheLastRowCountsAlsoWhenSaved) {
  const Json words = read_json_file(golden("words.json"));
  const WordVectors vectors = read_word_vectors(golden("twice.txt"), " ", 0);
  const auto tokenizer = make_word_tokenizer(models::WhitespaceTokenizer(), vectors.words);
  expect_ids(*tokenizer, words["texts"], words["twice"]);
  const test::TemporaryDirectory saved;
  for (const auto& [name, bytes] : tokenizer->files())
    write_file_atomically(saved / name, bytes);
  expect_ids(*open_word_tokenizer(tokenizer->type(), saved.path(), "test"), words["texts"], words["twice"]);
}

TEST(WordTokenizer, APhraseIsLookedUpAsItIsThenInLowerCase) {
  const models::PhraseTokenizer settings{.ngram_separator = "+", .max_ngram_length = 3};
  const auto tokenizer =
      make_word_tokenizer(settings, {"New+York", "new+york+city", "york", "a+b+c+d", "x++y", "york+city"});
  EXPECT_EQ(tokenizer->tokenize("New York"), Ids{0});
  EXPECT_EQ(tokenizer->tokenize("NEW YORK"), Ids{2});
  EXPECT_EQ(tokenizer->tokenize("New YORK City York CITY"), (Ids{1, 5}));
  EXPECT_EQ(tokenizer->tokenize("a b c d"), Ids{});  // longer than max_ngram_length
  EXPECT_EQ(make_word_tokenizer(models::PhraseTokenizer{.ngram_separator = ""}, {"a_b", "b"})->tokenize("a b"), Ids{1});
}

TEST(WordTokenizer, UnknownClassesAreNamed) {
  test::expect_error([] { open_word_tokenizer("nltk.Tokenizer", "/", "config.json"); }, ErrorCode::unsupported,
                     {"config.json", "nltk.Tokenizer", "PhraseTokenizer"});
}

TEST(WordTokenizer, InvalidUtf8IsAnError) {
  for (const models::WordTokenizer& settings :
       {models::WordTokenizer(models::WhitespaceTokenizer()), models::WordTokenizer(models::PhraseTokenizer())}) {
    test::expect_error([&] { make_word_tokenizer(settings, {})->tokenize("a\xff"); }, ErrorCode::corrupt_data,
                       {"UTF-8"});
  }
}

}  // namespace
}  // namespace sbert::text
