#include "text/python_string.h"

#include <gtest/gtest.h>

namespace sbert::text {
namespace {

using Words = std::vector<std::string_view>;

TEST(PythonString, SplitsAtTheWhiteSpaceOfPython) {
  EXPECT_EQ(split_words(" a\tb\u00a0c\u3000d\x1c\x1f\u0085e "), (Words{"a", "b", "c", "d", "e"}));
  EXPECT_EQ(split_words("a\u200bb"), Words{"a\u200bb"});
  EXPECT_EQ(split_words(" \n "), Words{});
  EXPECT_EQ(split_words(""), Words{});
}

TEST(PythonString, StripsTheRight) {
  EXPECT_EQ(strip_right(" a \u2003\r\n"), " a");
  EXPECT_EQ(strip_right(" \t"), "");
}

TEST(PythonString, StripsAsciiPunctuationOnly) {
  EXPECT_EQ(strip_punctuation("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~a-b!"), "a-b");
  EXPECT_EQ(strip_punctuation("«a»"), "«a»");
  EXPECT_EQ(strip_punctuation("..."), "");
}

TEST(PythonString, LowerCaseKnowsTheFinalSigma) {
  EXPECT_EQ(lower_case("ΟΔΟΣ ΟΔΟΣ. ΟΔΟΣΑ Σ"), "οδος οδος. οδοσα σ");
  // Marks between do not count.
  EXPECT_EQ(lower_case("Α\u0301Σ\u0301 Α'Σ'Α"), "α\u0301ς\u0301 α'σ'α");
  EXPECT_EQ(lower_case("İSTANBUL ÉTÉ ẞ Ǆ"), "i\u0307stanbul été ß ǆ");
}

}  // namespace
}  // namespace sbert::text
