#include <cstring>
#include <limits>
#include <sstream>

#include <gtest/gtest.h>

#include "cli/display.h"
#include "cli/json_text.h"
#include "cli/npy.h"
#include "cli/suggest.h"

namespace sbert::cli {
namespace {

template <class Number>
std::string number(Number value) {
  std::string out;
  append_json_number(out, value);
  return out;
}

TEST(JsonText, ShortestNumbers) {
  EXPECT_EQ(number(0.1f), "0.1");
  EXPECT_EQ(number(0.1), "0.1");
  EXPECT_EQ(number(-1.0f), "-1");
  EXPECT_EQ(number(1e-9f), "1e-09");
  EXPECT_EQ(number(std::numeric_limits<float>::quiet_NaN()), "null");
}

TEST(JsonText, EscapesWhatJsonMustEscape) {
  std::string out;
  append_json_string(out, "a\"b\\c\n\x01\x7f\u00e9");
  EXPECT_EQ(out, R"("a\"b\\c\u000a\u0001\u007f)"
                 "\u00e9\"");
}

TEST(Display, WidthOfCharacters) {
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("e\u0301"), 1u);
  EXPECT_EQ(display_width("\u65e5\u672c"), 4u);
  EXPECT_EQ(shortened("abcdef", 4), "abc\u2026");
  EXPECT_EQ(shortened("\u65e5\u672c\u8a9e", 4), "\u65e5\u2026");
  EXPECT_EQ(shortened("a\nb", 4), "a b");
  EXPECT_EQ(padded_left("\u65e5", 4), "  \u65e5");
}

TEST(Display, TsvFields) {
  EXPECT_EQ(tsv_field("a\tb\nc\\d\r"), R"(a\tb\nc\\d\r)");
}

TEST(Suggest, NearestOrAll) {
  const std::vector<std::string> known{"encode", "eval", "train"};
  EXPECT_EQ(suggest("encdoe", known), "; did you mean 'encode'?");
  EXPECT_EQ(suggest("TRAIN", known), "; did you mean 'train'?");
  EXPECT_EQ(suggest("publish", known), "; known: encode, eval, train");
  EXPECT_EQ(suggest("x", {}), "");
}

TEST(Npy, HeaderIsPatchedAtTheEnd) {
  std::stringstream out;
  NpyWriter writer(out, 2);
  writer.append(Embeddings(1, 2, {1, 2}));
  writer.append(Embeddings(2, 2, {3, 4, 5, 6}));
  writer.finish();
  const std::string bytes = out.str();
  ASSERT_EQ(bytes.size(), 128 + 3 * 2 * sizeof(float));
  EXPECT_EQ(bytes.substr(0, 10), std::string("\x93NUMPY\x01\x00\x76\x00", 10));
  EXPECT_EQ(bytes.substr(10, 59), "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }");
  EXPECT_EQ(bytes[127], '\n');
  float last = 0;
  std::memcpy(&last, bytes.data() + bytes.size() - sizeof last, sizeof last);
  EXPECT_EQ(last, 6);
}

}  // namespace
}  // namespace sbert::cli
