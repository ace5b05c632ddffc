#include "text/word_vectors.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/json.h"
#include "support/errors.h"
#include "support/temporary_directory.h"
#include "support/test_data.h"

namespace sbert::text {
namespace {

WordVectors read(const std::string& bytes, uint64_t max_words = 0, const std::string& separator = " ") {
  const test::TemporaryDirectory directory;
  write_file_atomically(directory / "vectors.txt", bytes);
  return read_word_vectors(directory / "vectors.txt", separator, max_words);
}

using Words = std::vector<std::string>;
using Values = std::vector<float>;

TEST(WordVectors, RowsAreThoseOfPython) {
  const auto directory = test::goldens_directory() / "words";
  const auto limited = read_json_file(directory / "words.json")["limited"].get<std::vector<Values>>();
  for (const char* name : {"vectors.txt", "vectors.txt.gz"}) {
    const WordVectors vectors = read_word_vectors(directory / name, " ", 6);
    ASSERT_EQ(vectors.words.size(), 7U);
    EXPECT_EQ(vectors.words[4], "Cat");  // the line before was too short
    for (size_t row = 0; row < limited.size(); ++row) {
      const auto begin = vectors.values.begin() + static_cast<ptrdiff_t>(row * vectors.dimension);
      EXPECT_EQ(Values(begin, begin + static_cast<ptrdiff_t>(vectors.dimension)), limited[row]);
    }
  }
}

TEST(WordVectors, HeadersAndLinesOfAnotherWidthAreSkipped) {
  const WordVectors vectors = read("2 3\n4 5\na 1 -2.5 +3e-2\n\nb 1 2\nc 1 2 3 4\n . . 1 2 3\nd 4 5 6 \t\r\n");
  EXPECT_EQ(vectors.words, (Words{"PADDING_TOKEN", "a", "d"}));
  EXPECT_EQ(vectors.values, (Values{0, 0, 0, 1, -2.5, 0.03F, 4, 5, 6}));
}

TEST(WordVectors, AnotherSeparator) {
  EXPECT_EQ(read("a b\t1\t2\n", 0, "\t").words, (Words{"PADDING_TOKEN", "a b"}));
}

TEST(WordVectors, WhatIsNoNumberNamesItsLine) {
  for (const std::string item : {"x", "nan", "inf", "1e300", "1_0", "", "0x1", "+-1", "1c"}) {
    test::expect_error([&] { read("a 1 2\nb " + item + " 1\n"); }, ErrorCode::corrupt_data,
                       {"line 2", "'" + item + "'"});
  }
  test::expect_error([] { read("\na 1 2\n"); }, ErrorCode::corrupt_data, {"line 1"});
}

TEST(WordVectors, AFileWithoutVectorsIsAnError) {
  test::expect_error([] { read(""); }, ErrorCode::corrupt_data, {"no word vectors"});
  test::expect_error([] { read("2 3\n"); }, ErrorCode::corrupt_data, {"no word vectors"});
  test::expect_error([] { read("a 1 2", 0, ""); }, ErrorCode::invalid_argument, {"item_separator"});
}

}  // namespace
}  // namespace sbert::text
