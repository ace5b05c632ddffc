#include "base/json.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "base/files.h"
#include "support/errors.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

using test::expect_error;

TEST(ParseJson, SaysWhereItWentWrong) {
  const auto expect_position = [](const std::string& text, const std::string& position) {
    expect_error([&] { parse_json(text, "a.json"); }, ErrorCode::corrupt_data, {"a.json", "not valid JSON", position});
  };
  expect_position("", "line 1, column 1");
  expect_position("{\"a\": 1,\n  \"b\": oops}", "line 2, column 8");
  expect_position("[1, 2", "line 1, column 6");
  expect_position("{} x", "line 1, column 4");
  expect_position("[\"\xff\"]", "line 1, column 3");
  expect_position("\n\n[01]", "line 3, column 3");
}

TEST(ParseJson, LimitsDepth) {
  const auto nested = [](size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_NO_THROW(parse_json(nested(100), "a.json"));
  for (const size_t depth : {102, 100'000}) {
    expect_error([&] { parse_json(nested(depth), "a.json"); }, ErrorCode::corrupt_data, {"a.json", "100 deep"});
    expect_error([&] { parse_json(std::string(depth, '['), "a.json"); }, ErrorCode::corrupt_data, {"100 deep"});
    expect_error([&] { parse_ordered_json(nested(depth), "a.json"); }, ErrorCode::corrupt_data, {"100 deep"});
  }
}

TEST(ParseJson, RefusesNumbersThatNoTypeHolds) {
  expect_error([] { parse_json("[1e999]", "a.json"); }, ErrorCode::corrupt_data, {"a.json", "number"});
}

TEST(ParseJson, TheLastOfTwoEqualKeysCountsUnlessTheyMustBeUnique) {
  const char* twice = R"({"x": {"a": 1, "b": {"a": 2}, "a": 3}})";
  EXPECT_EQ(parse_json(twice, "a.json")["x"]["a"], 3);
  expect_error([&] { parse_json_with_unique_keys(twice, "a.json"); }, ErrorCode::corrupt_data,
               {"a.json", "'a' is there twice"});
  const char* once = R"([{"a": 1, "b": {"a": 2}, "c": {"a": [{"a": 1}, {"a": 1}]}}, {"a": 3}])";
  EXPECT_EQ(parse_json_with_unique_keys(once, "a.json"), parse_json(once, "a.json"));
}

TEST(ParseJson, TakesPythonsNumbers) {
  const Json read = parse_json(R"([NaN, -Infinity,Infinity, "NaN", "a\"NaN", "\\", {"Infinity": NaN}, -1])", "a.json");
  ASSERT_EQ(read.size(), 8U);
  EXPECT_TRUE(std::isnan(read[0].get<double>()));
  EXPECT_EQ(read[1], -std::numeric_limits<double>::infinity());
  EXPECT_EQ(read[2], std::numeric_limits<double>::infinity());
  EXPECT_EQ(read[3], "NaN");
  EXPECT_EQ(read[4], "a\"NaN");
  EXPECT_EQ(read[5], "\\");
  EXPECT_TRUE(std::isnan(read[6]["Infinity"].get<double>()));
  EXPECT_TRUE(std::isnan(parse_ordered_json("NaN", "a.json").get<double>()));
  for (const char* text : {"[nan]", "[NaNs]", "[+Infinity]", "[--Infinity]", "{NaN: 1}", "[NaN", "\"NaN"})
    expect_error([&] { parse_json(text, "a.json"); }, ErrorCode::corrupt_data, {"a.json", "not valid JSON"});
  expect_error([] { parse_json_with_unique_keys("[NaN]", "a.json"); }, ErrorCode::corrupt_data, {"not valid JSON"});
}

TEST(ParseJson, OrderedKeepsTheOrder) {
  EXPECT_EQ(parse_ordered_json(R"({"z":1,"a":2})", "a.json").dump(), R"({"z":1,"a":2})");
}

TEST(ReadJsonFile, NamesTheFile) {
  const test::TemporaryDirectory directory;
  write_file_atomically(directory / "broken.json", "{\n");
  expect_error([&] { read_json_file(directory / "broken.json"); }, ErrorCode::corrupt_data, {"broken.json", "line 2"});
  expect_error([&] { read_json_file(directory / "none.json"); }, ErrorCode::not_found, {"none.json"});
}

TEST(JsonValue, FallsBackOnlyWhenMissingOrNull) {
  const Json object = parse_json(R"({"null": null, "three": 3, "half": 0.5, "text": "x"})", "a.json");
  EXPECT_EQ(json_value(object, "none", 7, "a.json"), 7);
  EXPECT_EQ(json_value(object, "null", 7, "a.json"), 7);
  EXPECT_EQ(json_value(object, "three", 7, "a.json"), 3);
  EXPECT_EQ(json_value(object, "three", 7.0, "a.json"), 3.0);
  EXPECT_EQ(json_value<std::string>(object, "text", "", "a.json"), "x");
  EXPECT_EQ(json_value(Json::array(), "three", 7, "a.json"), 7) << "not an object";
  expect_error([&] { json_value(object, "half", 7, "a.json"); }, ErrorCode::corrupt_data, {"a.json", "'half'", "0.5"});
  expect_error([&] { json_value(object, "text", true, "a.json"); }, ErrorCode::corrupt_data, {"'text'", "string"});
  EXPECT_TRUE(json_value(object, "three", false, "a.json")) << "a switch, as Python reads numbers";
  EXPECT_FALSE(json_value(Json{{"zero", 0}}, "zero", true, "a.json"));
}

TEST(JsonRequired, NamesTheKey) {
  const Json object =
      parse_json(R"({"long": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"})", "a");
  expect_error([&] { json_required<int>(object, "none", "a.json"); }, ErrorCode::corrupt_data, {"a.json", "'none'"});
  expect_error([&] { json_required<int>(Json(1), "none", "a.json"); }, ErrorCode::corrupt_data, {"'none' is missing"});
  expect_error([&] { json_required<int>(object, "long", "a.json"); }, ErrorCode::corrupt_data, {"'long'", "xxx..."});
}

TEST(Fail, KeepsTheMessageOnOneLine) {
  expect_error([] { fail(ErrorCode::io, "a\nb\tc", '\x1b', "[2J", '\x7f', "\xc3\xa9 ", 3); }, ErrorCode::io,
               {"a\\nb\\tc\\x1b[2J\\x7f\xc3\xa9 3"});
}

}  // namespace
}  // namespace sbert
