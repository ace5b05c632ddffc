#include "text/directory.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/test_data.h"
#include "text/score.h"
#include "text/tokenizer.h"

namespace sbert::text {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> golden_directories() {
  std::vector<fs::path> directories;
  for (const auto& entry : fs::directory_iterator(test::goldens_directory() / "tokenizer_directories"))
    directories.push_back(entry.path());
  std::sort(directories.begin(), directories.end());
  return directories;
}

/// The model as transformers writes it: with scores as they were read and with merges as pairs.
Json as_written(Json model) {
  const bool rounded = model["type"] == "Unigram" && !model.value("exact_scores", false);
  model.erase("exact_scores");
  for (size_t i = 0; rounded && i < model["vocab"].size(); ++i)
    model["vocab"][i][1] = score_as_tokenizers_reads(model["vocab"][i][1]);
  if (!model.contains("merges")) return model;
  Json pairs = Json::array();
  for (const Json& merge : model["merges"]) {
    if (!merge.is_string()) {
      pairs.push_back(merge);
      continue;
    }
    const auto text = merge.get<std::string>();
    if (text.starts_with("#version")) continue;
    pairs.push_back(Json::array({text.substr(0, text.find(' ')), text.substr(text.find(' ') + 1)}));
  }
  model["merges"] = pairs;
  return model;
}

/// By id; a token that is added once more counts as it was last.
std::map<int64_t, Json> added_tokens(const Json& tokenizer) {
  std::map<int64_t, Json> tokens;
  for (const Json& token : tokenizer["added_tokens"])
    tokens[token["id"].get<int64_t>()] = token;
  return tokens;
}

/// Directories of every kind and what transformers makes of them (tools/goldens/make_tokenizer_directory_goldens.py).
class DirectoryGolden : public testing::TestWithParam<fs::path> {};

TEST_P(DirectoryGolden, GivesTheTokenizerOfTransformers) {
  const Json expected = read_json_file(GetParam() / "expected.json")["tokenizer"];
  const Json tokenizer = read_tokenizer_directory(GetParam());
  for (const char* part : {"normalizer", "pre_tokenizer", "post_processor"})
    EXPECT_EQ(tokenizer[part], expected[part]) << part;
  // In Python a function around the decoder of CLIP does what a step of ours does.
  if (GetParam().filename() != "clip") {
    EXPECT_EQ(tokenizer["decoder"], expected["decoder"]);
  }
  EXPECT_EQ(added_tokens(tokenizer), added_tokens(expected));
  const Json model = as_written(tokenizer["model"]);
  EXPECT_TRUE(model == expected["model"]) << Json::diff(expected["model"], model).dump().substr(0, 2000);
}

TEST_P(DirectoryGolden, GivesTheSameIdsAndTexts) {
  const Json expected = read_json_file(GetParam() / "expected.json");
  const Tokenizer tokenizer = Tokenizer::from_directory(GetParam());
  ASSERT_GT(expected["cases"].size(), 50u);
  for (const Json& test : expected["cases"]) {
    const auto ids = test["ids"].get<std::vector<int32_t>>();
    EXPECT_EQ(tokenizer.encode(test["text"].get<std::string>()).ids, ids) << test["text"].dump(-1, ' ', true);
    EXPECT_EQ(tokenizer.decode(ids), test["decoded"].get<std::string>()) << test["text"].dump(-1, ' ', true);
  }
  for (const Json& test : expected["pairs"]) {
    const auto texts = test["texts"].get<std::vector<std::string>>();
    EXPECT_EQ(tokenizer.encode_pair(texts[0], texts[1]).ids, test["ids"].get<std::vector<int32_t>>()) << test["texts"];
  }
}

INSTANTIATE_TEST_SUITE_P(Text, DirectoryGolden, testing::ValuesIn(golden_directories()),
                         [](const auto& test) { return test.param.filename().string(); });

}  // namespace
}  // namespace sbert::text
