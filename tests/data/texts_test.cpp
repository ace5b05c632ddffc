#include "data/texts.h"

#include "base/fail.h"
#include "data/examples.h"
#include "data/expect_error.h"
#include "data/temporary_file.h"

namespace sbert {
namespace {

using test::expect_error;
using Strings = std::vector<std::string>;

class TextsTest : public testing::Test {
 protected:
  test::TemporaryDirectory directory_;
};

TEST_F(TextsTest, ComeInChunks) {
  TextReader reader(directory_.file("a.txt", "1\n2\n3\n"));
  Strings chunk;
  EXPECT_TRUE(reader.next(chunk, 2));
  EXPECT_EQ(chunk, (Strings{"1", "2"}));
  EXPECT_TRUE(reader.next(chunk, 2));
  EXPECT_EQ(chunk, (Strings{"3"}));
  EXPECT_FALSE(reader.next(chunk, 2));
}

TEST_F(TextsTest, TheOnlyColumnNeedsNoName) {
  EXPECT_EQ(read_texts(directory_.file("a.csv", "whatever\nx\n")), (Strings{"x"}));
}

TEST_F(TextsTest, AColumnCalledTextNeedsNoName) {
  EXPECT_EQ(read_texts(directory_.file("a.jsonl", "{\"id\":1,\"text\":\"x\"}")), (Strings{"x"}));
  EXPECT_EQ(read_texts(directory_.file("b.tsv", "id\tsentence\n1\ty\n")), (Strings{"y"}));
}

TEST_F(TextsTest, AColumnCanBeNamed) {
  EXPECT_EQ(read_texts(directory_.file("a.csv", "a,b\nx,y\n"), {.columns = {{"b", "b"}}}), (Strings{"y"}));
}

TEST_F(TextsTest, SeveralColumnsNeedAChoice) {
  const auto path = directory_.file("a.csv", "a,b\nx,y\n");
  expect_error(ErrorCode::invalid_argument, "has the columns 'a', 'b'; choose one with --column",
               [&] { read_texts(path); });
}

TEST_F(TextsTest, TheFirstOfTheWantedNamesIsTaken) {
  const auto path = directory_.file("a.jsonl", "{\"text\":\"x\",\"d\":\"y\",\"set\":{\"e\":\"z\"}}");
  EXPECT_EQ(read_texts(path), (Strings{"x"}));
  EXPECT_EQ(read_texts(path, {.text_names = {"d", "text"}}), (Strings{"y"}));
  EXPECT_EQ(read_texts(path, {.text_names = {"e"}}), (Strings{"z"}));
}

TEST_F(TextsTest, NumbersAreNoTextsUnlessSomebodySaysSo) {
  const auto numbers = directory_.file("a.csv", "text,b\n1,x\n,y\n 2.5,z\n");
  expect_error(ErrorCode::invalid_argument, "column 'text' holds only numbers, and would be taken for a text; choose",
               [&] { read_texts(numbers); });
  EXPECT_EQ(read_texts(numbers, {.columns = {{"text", "text"}}}), (Strings{"1", "", " 2.5"}));
  EXPECT_EQ(read_texts(directory_.file("b.csv", "text\n1\ntwo\n")), (Strings{"1", "two"}));
  EXPECT_EQ(read_texts(directory_.file("c.jsonl", "{\"text\":\"1\"}")), (Strings{"1"})) << "JSON says what is a text";
  expect_error(ErrorCode::corrupt_data, "holds the number 1, expected text; choose the columns with --columns",
               [&] { read_texts(directory_.file("d.jsonl", "{\"text\":1}")); });
}

TEST_F(TextsTest, AnIndexIsNoText) {
  for (const char* name : {"", "Unnamed: 0", "__index_level_0__"}) {
    const auto path = directory_.file("a.csv", concat(name, "\nx\ny\n"));
    if (*name != 0) expect_error(ErrorCode::invalid_argument, "as the index in a file", [&] { read_texts(path); });
    const auto examples = directory_.file("b.csv", concat(name, ",a,b\nrow 1,x,y\n"));
    expect_error(ErrorCode::invalid_argument, "choose the columns with --columns, such as --columns a,b",
                 [&] { read_examples(examples); });
    EXPECT_EQ(read_examples(examples, {.columns = parse_columns("a,b")}).size(), 1u);
    EXPECT_EQ(read_examples(examples, {.columns = parse_columns("a=0,b")}).size(), 1u);
  }
}

TEST_F(TextsTest, ColumnsOfNumbersInExamples) {
  const auto path = directory_.file("a.csv", "a,b,rating\nx,y,1\nz,w,2\n");
  expect_error(ErrorCode::invalid_argument,
               "choose the columns with --columns, such as --columns a,b; label=rating makes it the label",
               [&] { read_examples(path); });
  EXPECT_EQ(read_examples(path, {.columns = parse_columns("a,b,label=rating")}).size(), 2u);
  EXPECT_EQ(read_examples(path, {.columns = parse_columns("a,rating")}).size(), 2u);
  EXPECT_EQ(read_examples(directory_.file("b.csv", "a,b,score\nx,y,1\n")).size(), 1u);
}

TEST_F(TextsTest, RowsWithoutALabelAreLeftOut) {
  const auto path = directory_.file("a.csv", "id,text,label\n1,x,1\n2,y,\n3,z,0\n");
  EXPECT_EQ(read_texts(path, {.unlabelled = false}), (Strings{"x", "z"}));
  EXPECT_EQ(read_texts(path, {.columns = {{"id", "id"}}, .unlabelled = false}), (Strings{"1", "3"}));
  EXPECT_EQ(read_texts(path), (Strings{"x", "y", "z"}));
}

TEST_F(TextsTest, AnEmptyFileIsAnError) {
  expect_error(ErrorCode::corrupt_data, "has no rows", [&] { read_texts(directory_.file("a.txt", "")); });
}

}  // namespace
}  // namespace sbert
