#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/json.h"
#include "support/test_data.h"
#include "text/nasty_texts.h"
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
  const Tokenizer tokenizer = make_tokenizer(golden["tokenizer"], GetParam().string());
  ASSERT_GT(golden["cases"].size(), 300u);
  for (const Json& test : golden["cases"]) {
    const Encoding encoding = tokenizer.encode(test["text"].get<std::string>());
    EXPECT_EQ(encoding.ids, test["ids"].get<std::vector<int32_t>>()) << test["text"].dump(-1, ' ', true);
    EXPECT_EQ(encoding.type_ids, test["type_ids"].get<std::vector<int32_t>>()) << test["text"].dump(-1, ' ', true);
  }
}

TEST_P(Golden, WithAndWithoutOffsetsTheIdsAreTheSame) {
  const Tokenizer tokenizer = make_tokenizer(read_json_file(GetParam())["tokenizer"], GetParam().string());
  std::string before;
  const auto check = [&](const std::string& text) {
    const TracedEncoding traced = tokenizer.encode_with_offsets(text);
    ASSERT_EQ(tokenizer.encode(text).ids, traced.ids) << Json(text).dump(-1, ' ', true);
    ASSERT_EQ(traced.offsets.size(), traced.ids.size());
    for (const TextSpan span : traced.offsets)
      ASSERT_LE(span.end, text.size()) << Json(text).dump(-1, ' ', true);
    const TokenizeOptions options{.max_length = 12};
    const Encoding pair = tokenizer.encode_pair(before, text, options);
    const TracedEncoding traced_pair = tokenizer.encode_with_offsets(before, text, options);
    ASSERT_EQ(pair.ids, traced_pair.ids) << Json({before, text}).dump(-1, ' ', true);
    ASSERT_EQ(pair.type_ids, traced_pair.type_ids) << Json({before, text}).dump(-1, ' ', true);
    ASSERT_EQ(pair.truncated, traced_pair.truncated) << Json({before, text}).dump(-1, ' ', true);
    before = text;
  };
  for_each_short_text(2, check);
  for_each_long_text(200, check);
}

INSTANTIATE_TEST_SUITE_P(Text, Golden, testing::ValuesIn(golden_files()), name_of);

/// Pairs, truncation, windows, offsets, decoding (tools/goldens/make_tokenizer_feature_goldens.py).
class FeatureGolden : public testing::TestWithParam<fs::path> {};

TEST_P(FeatureGolden, EveryRequestGetsTheSameAnswer) {
  const fs::path features = test::goldens_directory() / "text_features" / GetParam().filename();
  Json json = read_json_file(GetParam())["tokenizer"];
  const Json golden = read_json_file(features);
  json["decoder"] = golden["decoder"];
  const Tokenizer tokenizer = make_tokenizer(json, features.string());
  ASSERT_GT(golden["cases"].size(), 50u);
  for (const Json& test : golden["cases"]) {
    EXPECT_EQ(answer(tokenizer, test["request"], golden["with_places"]), test["answer"].get<std::string>())
        << test["request"].dump(-1, ' ', true);
  }
}

INSTANTIATE_TEST_SUITE_P(Text, FeatureGolden, testing::ValuesIn(golden_files()), name_of);

}  // namespace
}  // namespace sbert::text
