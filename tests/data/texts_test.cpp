#include "data/texts.h"

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

TEST_F(TextsTest, AnEmptyFileIsAnError) {
  expect_error(ErrorCode::corrupt_data, "has no rows", [&] { read_texts(directory_.file("a.txt", "")); });
}

}  // namespace
}  // namespace sbert
