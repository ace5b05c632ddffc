#include "base/yaml.h"

#include <gtest/gtest.h>

#include "support/errors.h"

namespace sbert {
namespace {

using test::expect_error;

TEST(ParseYaml, PlainWordsHaveTypesAndQuotedOnesAreText) {
  EXPECT_EQ(parse_yaml("a: 1\nb: [2e-5, true, ~, x y]\nc: '1'\nd: {e: \"null\"}\n", "a.yaml"),
            OrderedJson::parse(R"({"a": 1, "b": [2e-5, true, null, "x y"], "c": "1", "d": {"e": "null"}})"));
}

TEST(ParseYaml, SaysWhereItWentWrong) {
  expect_error([] { parse_yaml("a: 1\nb: [", "a.yaml"); }, ErrorCode::corrupt_data, {"a.yaml", "not valid YAML"});
  expect_error([] { parse_yaml("a: 1\na: 2\n", "a.yaml"); }, ErrorCode::corrupt_data, {"line 2", "'a' is there twice"});
  expect_error([] { parse_yaml("[a]: 1\n", "a.yaml"); }, ErrorCode::corrupt_data, {"line 1", "a key should be a word"});
  expect_error([] { parse_yaml("a: 1\nb: m\xadt\n", "a.yaml"); }, ErrorCode::corrupt_data, {"line 2", "not UTF-8"});
  expect_error([] { parse_yaml(std::string("m\0\0\0: x%\n", 9), "a.yaml"); }, ErrorCode::corrupt_data, {"not UTF-8"});
}

TEST(ParseYaml, TakesOneDocument) {
  for (const char* text : {"", "# nothing\n", "a: 1\n---\nb: 2\n", ",a: 1\n", ",", "a: 1\n--- ,b\n"}) {
    SCOPED_TRACE(text);
    expect_error([&] { parse_yaml(text, "a.yaml"); }, ErrorCode::corrupt_data, {"a.yaml"});
  }
  EXPECT_EQ(parse_yaml("--- 1\n...\n", "a.yaml"), 1);
}

TEST(ParseYaml, AliasesCannotMakeTreesWithoutEnd) {
  expect_error([] { parse_yaml("&a [*a]", "a.yaml"); }, ErrorCode::corrupt_data, {"a.yaml"});
  std::string doubled = "- &x0 [1]\n";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "*x" + std::to_string(i - 1);
    doubled += "- &x" + std::to_string(i) + " [" + before + ", " + before + "]\n";
  }
  expect_error([&] { parse_yaml(doubled, "a.yaml"); }, ErrorCode::corrupt_data, {"more than 100000 values"});
}

}  // namespace
}  // namespace sbert
