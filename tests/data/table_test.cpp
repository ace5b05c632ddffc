#include "data/table.h"

#include "base/fail.h"
#include "data/cell.h"
#include "data/expect_error.h"
#include "data/formats.h"
#include "data/temporary_file.h"

namespace sbert {
namespace {

using test::expect_error;
using Rows = std::vector<std::vector<std::string>>;

class TableTest : public testing::Test {
 protected:
  /// All cells as text; numbers as "<n>".
  Rows read(const std::string& name, const std::string& bytes, const TableOptions& options = {}) {
    TableReader table(directory_.file(name, bytes), options);
    columns_.clear();
    for (const Column& column : table.columns())
      columns_.push_back(column.role);
    Rows rows;
    std::vector<Value> row;
    while (table.next(row)) {
      rows.emplace_back();
      for (Value& cell : row)
        rows.back().push_back(cell.is_number() ? concat('<', cell.number(), '>') : take_text(std::move(cell), "", ""));
    }
    return rows;
  }

  void expect_bad(const std::string& part, const std::string& name, const std::string& bytes,
                  const TableOptions& options = {}) {
    expect_error(ErrorCode::corrupt_data, part, [&] { read(name, bytes, options); });
  }

  test::TemporaryDirectory directory_;
  std::vector<std::string> columns_;
};

using Strings = std::vector<std::string>;

// --- CSV ------------------------------------------------------------------------------------------------------

TEST_F(TableTest, CsvHasAHeader) {
  EXPECT_EQ(read("a.csv", "a,b\n1,2\n3,4\n"), (Rows{{"1", "2"}, {"3", "4"}}));
  EXPECT_EQ(columns_, (Strings{"a", "b"}));
}

TEST_F(TableTest, CsvQuotesMayHoldSeparatorsQuotesAndLineEnds) {
  EXPECT_EQ(read("a.csv", "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\"\"\n"),
            (Rows{{"x,y", "say \"hi\""}, {"two\nlines", ""}}));
}

TEST_F(TableTest, CsvLinesFromWindows) {
  EXPECT_EQ(read("a.csv", "a,b\r\n1,\"2\"\r\n3,\"x\r\ny\"\r\n"), (Rows{{"1", "2"}, {"3", "x\r\ny"}}));
}

TEST_F(TableTest, CsvEmptyFieldsAreFieldsAndBlankLinesAreNotRows) {
  EXPECT_EQ(read("a.csv", "a,b\n,\n\n\r\n,x"), (Rows{{"", ""}, {"", "x"}}));
}

TEST_F(TableTest, CsvAQuoteInsideAFieldIsOrdinary) {
  EXPECT_EQ(read("a.csv", "a,b\n5\" pipe,x\n"), (Rows{{"5\" pipe", "x"}}));
}

TEST_F(TableTest, CsvWithoutQuoting) {
  EXPECT_EQ(read("a.tsv", "\"x\ty\n", {.header = false, .quoting = false}), (Rows{{"\"x", "y"}}));
}

TEST_F(TableTest, CsvWithoutAHeaderIsNumbered) {
  EXPECT_EQ(read("a.csv", "1,2\n3,4\n", {.header = false}), (Rows{{"1", "2"}, {"3", "4"}}));
  EXPECT_EQ(columns_, (Strings{"0", "1"}));
}

TEST_F(TableTest, CsvSeparatedByTabs) {
  EXPECT_EQ(read("a.csv", "a\tb\nx, y\tz\n"), (Rows{{"x, y", "z"}}));
}

TEST_F(TableTest, CsvWithAnotherDelimiter) {
  EXPECT_EQ(read("a.csv", "a;b\nx,y;z\n", {.delimiter = ';'}), (Rows{{"x,y", "z"}}));
}

TEST_F(TableTest, CsvAByteOrderMarkIsNotPartOfTheFirstName) {
  read("a.csv",
       "\xef\xbb\xbf"
       "a,b\n1,2\n");
  EXPECT_EQ(columns_, (Strings{"a", "b"}));
}

TEST_F(TableTest, CsvAShortRowNamesLineAndCounts) {
  expect_bad("a.csv: line 3: has 1 field, expected 2 as in the header", "a.csv", "a,b\n1,2\n3\n");
}

TEST_F(TableTest, CsvALongRowNamesLineAndCounts) {
  expect_bad("a.csv: line 2: has 3 fields, expected 2", "a.csv", "a,b\n1,2,3\n");
}

TEST_F(TableTest, CsvLinesAreCountedThroughQuotedLineEnds) {
  expect_bad("line 4: has 1 field", "a.csv", "a,b\n\"x\ny\",2\nshort\n");
}

TEST_F(TableTest, CsvColumnsByNumberAllowAdditionalFields) {
  const TableOptions options{.header = false, .columns = {{"text", "1"}}};
  EXPECT_EQ(read("a.csv", "1,2\n3,4,5\n", options), (Rows{{"2"}, {"4"}}));
  expect_bad("line 2: has 1 field, expected at least 2", "a.csv", "1,2\n3\n", options);
}

TEST_F(TableTest, CsvAQuoteThatIsNeverClosed) {
  expect_bad("line 2: the quote that opens here is never closed", "a.csv", "a,b\n\"x,2\n3,4\n");
}

TEST_F(TableTest, CsvTextBehindAClosingQuote) {
  expect_bad("line 2: 'y' follows a closing quote", "a.csv", "a,b\n\"x\"y,2\n");
}

TEST_F(TableTest, CsvAHeaderAloneHasNoRows) {
  expect_bad("a.csv: has no rows", "a.csv", "a,b\n");
}

TEST_F(TableTest, EmptyFilesHaveNoRows) {
  for (const char* name : {"a.csv", "a.tsv", "a.jsonl", "a.txt", "a.csv.gz"})
    expect_bad("has no rows", name, "");
}

TEST_F(TableTest, InvalidUtf8NamesFileAndLine) {
  expect_bad("a.csv: line 2: invalid UTF-8 at byte 2", "a.csv", "a,b\n1\xff,2\n");
  expect_bad("a.jsonl: line 1: invalid UTF-8 at byte 7", "a.jsonl", "{\"a\":\"\xc3\"}\n");
}

// --- JSON lines -----------------------------------------------------------------------------------------------

TEST_F(TableTest, JsonlColumnsAreInTheOrderOfTheFirstRow) {
  EXPECT_EQ(read("a.jsonl", "{\"z\":\"x\",\"a\":1.5}\n\n{\"a\":2,\"z\":\"y\"}\n"),
            (Rows{{"x", "<1.5>"}, {"y", "<2>"}}));
  EXPECT_EQ(columns_, (Strings{"z", "a"}));
}

TEST_F(TableTest, JsonlEscapesAreDecoded) {
  EXPECT_EQ(read("a.jsonl", "{\"a\":\"\\u00e9\\ud83d\\ude00\\n\\\"\"}\n"), (Rows{{"\u00e9\U0001F600\n\""}}));
}

TEST_F(TableTest, JsonlCompressed) {
  EXPECT_EQ(read("a.jsonl.gz", "{\"a\":\"x\"}"), (Rows{{"x"}}));
}

TEST_F(TableTest, JsonlAColumnMayBeAskedForTwice) {
  EXPECT_EQ(read("a.jsonl", "{\"a\":\"x\"}", {.columns = {{"one", "a"}, {"two", "a"}}}), (Rows{{"x", "x"}}));
}

TEST_F(TableTest, JsonlBrokenJsonNamesLineAndByte) {
  expect_bad("a.jsonl: line 2: broken JSON at byte 7", "a.jsonl", "{\"a\":1}\n{\"a\":1]\n");
}

TEST_F(TableTest, JsonListsAreRowsWithoutNames) {
  const Rows rows{{"x", "y"}, {"z", "w"}};
  EXPECT_EQ(read("a.jsonl", "[\"x\",\"y\"]\n[\"z\",\"w\"]\n"), rows);
  EXPECT_EQ(columns_, (Strings{"0", "1"}));
  EXPECT_EQ(read("a.json", "[[\"x\",\"y\"],\n[\"z\",\"w\"]]"), rows);
  EXPECT_EQ(read("a.jsonl", "[\"x\",\"y\"]\n[\"z\",\"w\"]", {.columns = {{"second", "1"}}}), (Rows{{"y"}, {"w"}}));
}

TEST_F(TableTest, JsonlEachLineIsAnObjectOrList) {
  expect_bad("line 1: holds the number 3, each row must be a JSON object or list", "a.jsonl", "3\n");
}

TEST_F(TableTest, JsonlDeepNestingIsRefused) {
  const std::string deep = concat("{\"a\":", std::string(100000, '['), std::string(100000, ']'), "}\n");
  expect_bad("line 1: nested more than 64 deep", "a.jsonl", deep);
}

TEST_F(TableTest, JsonlBracketsInsideTextAreNoNesting) {
  const std::string brackets(100, '[');
  EXPECT_EQ(read("a.jsonl", "{\"a\":\"\\\"" + brackets + "\"}"), (Rows{{"\"" + brackets}}));
}

TEST_F(TableTest, JsonlANumberOutOfRange) {
  expect_bad("line 1:", "a.jsonl", "{\"a\":1e999}\n");
}

TEST_F(TableTest, JsonlAKeyThatIsThereTwice) {
  expect_bad("a.jsonl: line 2: an object has the key 'a' twice", "a.jsonl",
             "{\"a\":1,\"b\":2}\n{\"a\":\"x\",\"b\":2,\"a\":\"y\"}\n");
}

// --- plain text -----------------------------------------------------------------------------------------------

TEST_F(TableTest, TextIsOneColumn) {
  EXPECT_EQ(read("a.txt", "one\r\n\ntwo, three\n"), (Rows{{"one"}, {""}, {"two, three"}}));
  EXPECT_EQ(columns_, (Strings{"text"}));
}

// --- columns --------------------------------------------------------------------------------------------------

TEST_F(TableTest, ColumnsAreChosenByNameOrNumber) {
  EXPECT_EQ(read("a.csv", "a,b,c\n1,2,3\n", {.columns = {{"x", "c"}, {"y", "0"}}}), (Rows{{"3", "1"}}));
  EXPECT_EQ(columns_, (Strings{"x", "y"}));
}

TEST_F(TableTest, ANameThatIsANumberWinsOverTheNumber) {
  EXPECT_EQ(read("a.csv", "1,0\nx,y\n", {.columns = {{"x", "0"}}}), (Rows{{"y"}}));
}

TEST_F(TableTest, AMissingColumnListsThoseThatExist) {
  for (const char* source : {"c", "2", "-1", "99999999999999999999"}) {
    expect_error(ErrorCode::not_found, concat("has no column '", source, "'; its columns are 'a', 'b'"), [&] {
      read("a.csv", "a,b\n1,2\n", {.columns = {{"x", source}}});
    });
  }
}

TEST_F(TableTest, ANameThatSeveralColumnsHave) {
  const std::string csv = "a,b,a\n1,2,3\n";
  EXPECT_EQ(read("a.csv", csv), (Rows{{"1", "2", "3"}}));
  EXPECT_EQ(read("a.csv", csv, {.columns = {{"x", "2"}}}), (Rows{{"3"}}));
  expect_error(ErrorCode::invalid_argument, "has several columns 'a'; choose one by its number, from 0: 'a', 'b', 'a'",
               [&] {
                 read("a.csv", csv, {.columns = {{"x", "a"}}});
               });
}

TEST(TableFormat, ComesFromTheExtension) {
  EXPECT_EQ(table_format_of("a.jsonl"), TableFormat::jsonl);
  EXPECT_EQ(table_format_of("dir.csv/a.tsv.gz"), TableFormat::tsv);
  EXPECT_EQ(table_format_of("a.csv.gz"), TableFormat::csv);
  EXPECT_EQ(table_format_of("a.csv.txt"), TableFormat::text);
  EXPECT_EQ(table_format_of("-"), TableFormat::text);
  EXPECT_EQ(table_format_of("a.gz"), TableFormat::text);
}

}  // namespace
}  // namespace sbert
