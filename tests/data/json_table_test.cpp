#include <cmath>
#include <limits>

#include "base/fail.h"
#include "data/expect_error.h"
#include "data/table.h"
#include "data/temporary_file.h"

namespace sbert {
namespace {

using test::expect_error;

/// A cell for people: null, "text", 3, true, [...].
std::string shown(const Value& cell) {
  if (cell.is_text()) return cell.text();
  if (cell.is_null()) return "null";
  if (cell.is_bool()) return cell.truth() ? "true" : "false";
  if (cell.is_number()) return cell.whole_number() ? std::to_string(*cell.whole_number()) : concat(cell.number());
  if (!cell.is_list()) return "record";
  std::string text;
  for (const Value& element : cell.list())
    text.append(text.empty() ? "[" : " ").append(shown(element));
  return text.append("]");
}

class JsonTableTest : public testing::Test {
 protected:
  /// Names of the columns, then the rows: "a b; 1 2; 3 4".
  std::string read(const std::string& bytes, const TableOptions& options = {}, const std::string& name = "a.jsonl") {
    return read_file(directory_.file(name, bytes), options);
  }
  std::string read_file(const std::filesystem::path& path, const TableOptions& options) {
    TableReader table(path, options);
    std::string text;
    for (const Column& column : table.columns())
      text.append(text.empty() ? "" : " ").append(column.role);
    std::vector<Value> row;
    while (table.next(row)) {
      text += ";";
      for (const Value& cell : row)
        text.append(" ").append(shown(cell));
    }
    return text;
  }
  void expect_bad(const std::string& part, const std::string& bytes, const TableOptions& options = {}) {
    expect_error(ErrorCode::corrupt_data, part, [&] { read(bytes, options); });
  }

  test::TemporaryDirectory directory_;
};

TEST_F(JsonTableTest, AListThatIsTheFileHoldsTheRows) {
  for (const char* name : {"a.jsonl", "a.json", "a.jsonl.gz"}) {
    const std::string rows = "q; red; blue; green";
    EXPECT_EQ(read(R"([{"q":"red"},{"q":"blue"},{"q":"green"}])", {}, name), rows);
    EXPECT_EQ(read("\xef\xbb\xbf\n [\n  {\"q\": \"red\"},\r\n  {\"q\":\n\"blue\"}, {\"q\": \"green\"}\n]\n", {}, name),
              rows);
  }
}

TEST_F(JsonTableTest, AListOfTextsIsAColumnOfThem) {
  for (const char* list : {R"(["red","blue"])", "[\"red\",\n\"blue\"]", "[\n\"red\", \"blue\"]\n"})
    EXPECT_EQ(read(list), "text; red; blue");
  EXPECT_EQ(read("[1, 2.5]"), "text; 1; 2.5");
}

TEST_F(JsonTableTest, AListOfListsIsRowsHoweverItIsWritten) {
  for (const char* list : {R"([["a","b"],["c","d"]])", "[[\"a\",\n\"b\"],[\"c\",\"d\"]]",
                           "[\"a\",\"b\"]\n[\"c\",\"d\"]", R"(["a","b"]["c","d"])"}) {
    EXPECT_EQ(read(list), "0 1; a b; c d") << list;
  }
  EXPECT_EQ(read("[[\"a\"],[\"b\",\"c\"]]\n[[\"d\"],[\"e\"]]\n"), "0 1; [a] [b c]; [d] [e]");
}

TEST_F(JsonTableTest, ObjectsNeedNoLinesOfTheirOwn) {
  EXPECT_EQ(read("{\n \"q\":\n  \"red\"\n}\n\n{\"q\":\"blue\"}{\"q\":\"green\"} {\"q\":\"grey\"}"),
            "q; red; blue; green; grey");
  EXPECT_EQ(read("{\"q\":\"red\"}\r{\"q\":\"blue\"}\r"), "q; red; blue");
}

TEST_F(JsonTableTest, ColumnsAreTheUnionOverRows) {
  EXPECT_EQ(read("{\"a\":\"x\"}\n{\"b\":1,\"a\":\"y\"}\n{}\nnull\n{\"c\":\"z\"}\n"),
            "a b c; x null null; y 1 null; null null null; null null null; null null z");
  EXPECT_EQ(read(R"([{"a":"x"},{"a":"y","b":"z"}])"), "a b; x null; y z");
  EXPECT_EQ(read("[\"a\"]\n[\"b\",\"c\"]\n"), "0 1; a null; b c");
}

TEST_F(JsonTableTest, SoAreThoseInRecords) {
  EXPECT_EQ(read("{\"s\":null,\"n\":1}\n{\"s\":{\"q\":\"x\"}}\n{\"s\":{\"p\":[\"y\"],\"q\":\"z\"}}\n"),
            "q p n; null null 1; x null null; z [y] null");
  EXPECT_EQ(read("{\"s\":{\"q\":\"x\"}}\n{\"s\":{\"p\":\"y\"}}\n", {.columns = {{"p", "s.p"}}}), "p; null; y");
}

TEST_F(JsonTableTest, AColumnMayBeChosenThatTheFirstRowLacks) {
  const std::string rows = "{\"a\":\"x\"}\n{\"a\":\"y\",\"b\":\"z\"}\n";
  EXPECT_EQ(read(rows, {.columns = {{"b", "b"}}}), "b; null; z");
  EXPECT_EQ(read(rows, {.columns = {{"second", "1"}}}), "second; null; z");
  expect_error(ErrorCode::not_found, "has no column 'c'; its columns are 'a', 'b'", [&] {
    read(rows, {.columns = {{"c", "c"}}});
  });
  expect_error(ErrorCode::not_found, "has no column 's.c'; its columns are 's.a', 's.b'", [&] {
    read("{\"s\":{\"a\":1}}\n{\"s\":{\"b\":1}}\n", {.columns = {{"c", "s.c"}}});
  });
}

TEST_F(JsonTableTest, ColumnsAreTheUnionOverFiles) {
  const auto first = directory_.file("1.jsonl", "{\"a\":\"x\"}\n");
  TableOptions options{.following = {directory_.file("2.jsonl", "{\"b\":\"y\",\"a\":\"z\"}\n"),
                                     directory_.file("3.json", "[{\"s\":{\"c\":\"w\"}},{\"a\":\"v\"}]")}};
  EXPECT_EQ(read_file(first, options), "a b c; x null null; z y null; null null w; v null null");
  options.columns = {{"b", "b"}};
  EXPECT_EQ(read_file(first, options), "b; null; y; null; null");
}

TEST_F(JsonTableTest, ColumnsAreTheUnionOfFilesSideBySide) {
  const auto first = directory_.file("1.jsonl", "{}\n{\"a\":\"x\"}\n");
  const auto second = directory_.file("2.jsonl", "{}\n{\"s\":{\"a\":\"y\"}}\n");
  EXPECT_EQ(read_file(first, {.beside = {{second}}}), "a a; null null; x y");
}

TEST_F(JsonTableTest, TablesWithAHeaderHaveTheSameColumnsInAllFiles) {
  const auto first = directory_.file("1.csv", "a,b\nx,y\n");
  EXPECT_EQ(read_file(first, {.following = {directory_.file("2.csv", "b,a\nz,w\n")}}), "a b; x y; w z");
  const auto wide = directory_.file("3.csv", "a,b,c\n1,2,3\n");
  expect_error(ErrorCode::corrupt_data, "3.csv: has the column 'c', which",
               [&] { read_file(first, {.following = {wide}}); });
  expect_error(ErrorCode::corrupt_data, "1.csv: has no column 'c', which",
               [&] { read_file(wide, {.following = {first}}); });
  EXPECT_EQ(read_file(first, {.following = {wide}, .columns = {{"b", "b"}}}), "b; y; 2");
}

TEST_F(JsonTableTest, NumbersAreAsPythonWritesThem) {
  EXPECT_EQ(read("[{\"x\":NaN},{\"x\":Infinity},{\"x\":-Infinity},{\"x\":-0},{\"x\":1E2},{\"x\":1e-999}]"),
            "x; nan; inf; -inf; 0; 100; 0");
  EXPECT_EQ(read("{\"x\":9007199254740993}{\"x\":-9223372036854775808}{\"x\":9223372036854775807}"),
            "x; 9007199254740993; -9223372036854775808; 9223372036854775807");
  EXPECT_EQ(read("{\"x\":9223372036854775808}"), concat("x; ", 9223372036854775808.0));
  for (const char* bad : {"01", "+1", "1.", ".5", "1e", "--1", "0x10", "nan", "Inf", "Truer", "1_0"})
    expect_bad("line 1: broken JSON at byte", concat("{\"x\":", bad, "}"));
}

TEST_F(JsonTableTest, HalfASurrogatePairNamesTheLine) {
  EXPECT_EQ(read(R"({"x":"\ud83d\ude00\u00E9\/"})"), "x; \U0001F600\u00e9/");
  for (const char* bad : {R"(\ud83d)", R"(\ude00)", R"(\ud83dx)", R"(\ud83d\n)", R"(\ud83d\u0041)", R"(\ud83d\ud83d)"})
    expect_bad("a.jsonl: line 2: a string has half of a surrogate pair", concat("{\"x\":\"\"}\n{\"x\":\"", bad, "\"}"));
}

TEST_F(JsonTableTest, WhatIsBrokenNamesTheLine) {
  expect_bad("a.jsonl: line 3: broken JSON at byte 2", "[\n{\"x\":1},\n ]\n");
  expect_bad("a.jsonl: line 2: the file ends within this JSON value", "{\"x\":1}\n{\n\"x\":\"2");
  expect_bad("a.jsonl: line 3: the file ends within the list that holds the rows", "[{\"x\":1},\n{\"x\":2}\n");
  expect_bad("a.jsonl: line 1: broken JSON at byte 8", "{\"x\":1},\n{\"x\":2}\n");
  expect_bad("a.jsonl: line 2: something follows the list that holds the rows", "[{\"x\":1}]\n[{\"x\":2}]\n");
  expect_bad("a.jsonl: line 2, element 2: holds 'y', but the rows before are objects", "[{\"x\":1},\n\"y\"]");
  expect_bad("a.jsonl: line 1, element 3: holds a list, but the rows before are texts", "[\"x\",\"y\",[]]");
  expect_bad("a.jsonl: line 2: holds a list, but the rows before are objects", "{\"x\":1}\n[2]");
  expect_bad("a.jsonl: line 1: broken JSON at byte 8", "{\"x\":\"a\nb\"}\n");
  expect_bad("a.jsonl: line 2: invalid UTF-8 at byte 13", "{\"x\":1}\n{\"x\":\"\\u00e9\xff\"}\n");
  expect_bad("a.jsonl: is UTF-16", std::string("\xff\xfe{\0", 4));
  expect_bad("a.jsonl: has no rows", "[]");
  for (const char* bad : {"\\x", "\\u12g4", "\\U0041"})
    expect_bad("line 1: broken JSON", concat("{\"x\":\"", bad, "\"}"));
}

TEST_F(JsonTableTest, TextsMayBeLongerThanABuffer) {
  std::string longer;
  for (int i = 0; i < 50000; ++i)
    longer += i % 7 == 0 ? "\u00e9" : "a";
  EXPECT_EQ(read(concat("[{\"x\":\"", longer, "\"},{\"x\":\"", longer, "\\n\"}]")),
            concat("x; ", longer, "; ", longer, "\n"));
}

TEST_F(JsonTableTest, LatinOne) {
  EXPECT_EQ(read("{\"x\":\"caf\xe9 \\u00e9\"}", {.encoding = TextEncoding::latin1}), "x; caf\u00e9 \u00e9");
}

TEST_F(JsonTableTest, CocoCaptionsAreGrouped) {
  const std::string captions = R"({"info": {}, "annotations": [{"image_id": 7, "caption": "a cat"},
    {"image_id": 9, "caption": "a dog"}, {"image_id": 7, "caption": "one cat"}]})";
  EXPECT_EQ(read(captions, {}, "a.json"), "image_id captions; 7 [a cat one cat]; 9 [a dog]");
  EXPECT_EQ(read(R"({"annotations": ["x", "y"]})", {}, "a.json"), "annotations; [x y]");
}

}  // namespace
}  // namespace sbert
