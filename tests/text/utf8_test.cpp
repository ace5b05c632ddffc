#include "text/utf8.h"

#include <gtest/gtest.h>

namespace sbert::text {
namespace {

TEST(Utf8, EveryCharacterSurvivesARoundTrip) {
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xd800 && c < 0xe000) continue;
    std::string bytes;
    append_utf8(bytes, c);
    ASSERT_EQ(bytes.size(), utf8_size(c));
    ASSERT_EQ(find_invalid_utf8(bytes), std::string_view::npos);
    const CodePoint point = decode_utf8(bytes, 0);
    ASSERT_EQ(point.value, c);
    ASSERT_EQ(point.size, bytes.size());
    ASSERT_EQ(count_characters(bytes), 1u);
    ASSERT_EQ(previous_character(bytes, bytes.size()), 0u);
  }
}

TEST(Utf8, TheFirstInvalidByteIsFound) {
  const auto at = [](std::string_view text) { return find_invalid_utf8(text); };
  EXPECT_EQ(at("twelve bytes\xff!"), 12u);
  EXPECT_EQ(at("a\x80"), 1u);             // continuation byte alone
  EXPECT_EQ(at("\xc3"), 0u);              // cut short
  EXPECT_EQ(at("ab\xe4\xb8"), 2u);        // cut short
  EXPECT_EQ(at("\xf0\x9f\x99"), 0u);      // cut short
  EXPECT_EQ(at("\xc0\x80"), 0u);          // overlong
  EXPECT_EQ(at("\xe0\x80\x80"), 0u);      // overlong
  EXPECT_EQ(at("\xf0\x80\x80\x80"), 0u);  // overlong
  EXPECT_EQ(at("\xed\xa0\x80"), 0u);      // surrogate
  EXPECT_EQ(at("\xf4\x90\x80\x80"), 0u);  // above U+10FFFF
  EXPECT_EQ(at("\xf5\x80\x80\x80"), 0u);  // no such first byte
  EXPECT_EQ(at("plain \xc3\xa9"), std::string_view::npos);
}

}  // namespace
}  // namespace sbert::text
