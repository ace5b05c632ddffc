#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/json.h"
#include "support/test_data.h"
#include "text/requests.h"
#include "text/tokenizer.h"

namespace sbert::text {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> golden_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(test::goldens_directory() / "text"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string name_of(const testing::TestParamInfo<fs::path>& test) {
  return test.param.stem().string();
}

/// What the PyPI tokenizers made of a few hundred nasty strings (tools/goldens/make_tokenizer_goldens.py).
class Golden : public testing::TestWithParam<fs::path> {};

TEST_P(Golden, EveryStringGivesTheSameIds) {
  const Json golden = read_json_file(GetParam());
  const Tokenizer tokenizer = Tokenizer::from_json(golden["tokenizer"], GetParam().string());
  ASSERT_GT(golden["cases"].size(), 300u);
  for (const Json& test : golden["cases"]) {
    const Encoding encoding = tokenizer.encode(test["text"].get<std::string>());
    EXPECT_EQ(encoding.ids, test["ids"].get<std::vector<int32_t>>()) << test["text"].dump(-1, ' ', true);
    EXPECT_EQ(encoding.type_ids, test["type_ids"].get<std::vector<int32_t>>()) << test["text"].dump(-1, ' ', true);
  }
}

INSTANTIATE_TEST_SUITE_P(Text, Golden, testing::ValuesIn(golden_files()), name_of);

/// Pairs, truncation, windows, offsets, decoding (tools/goldens/make_tokenizer_feature_goldens.py).
class FeatureGolden : public testing::TestWithParam<fs::path> {};

TEST_P(FeatureGolden, EveryRequestGetsTheSameAnswer) {
  const fs::path features = test::goldens_directory() / "text_features" / GetParam().filename();
  Json json = read_json_file(GetParam())["tokenizer"];
  const Json golden = read_json_file(features);
  json["decoder"] = golden["decoder"];
  const Tokenizer tokenizer = Tokenizer::from_json(json, features.string());
  ASSERT_GT(golden["cases"].size(), 50u);
  for (const Json& test : golden["cases"]) {
    EXPECT_EQ(answer(tokenizer, test["request"], golden["with_places"]), test["answer"].get<std::string>())
        << test["request"].dump(-1, ' ', true);
  }
}

INSTANTIATE_TEST_SUITE_P(Text, FeatureGolden, testing::ValuesIn(golden_files()), name_of);

}  // namespace
}  // namespace sbert::text
