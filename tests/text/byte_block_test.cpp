#include "text/byte_block.h"

#include <cctype>
#include <string>

#include <gtest/gtest.h>

namespace sbert::text {
namespace {

TEST(ByteBlock, TellsWhatEachByteIs) {
  for (int first = 0; first < 256; first += 64) {
    std::string text;
    for (int byte = first; byte < first + 64; ++byte)
      text.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
    const ByteBlock block(text, 0);
    EXPECT_EQ(block.ascii(), first < 128 ? 64u : 0u);
    const uint64_t letters = block.where(ByteBlock::is_letter), digits = block.where(ByteBlock::is_digit),
                   spaces = block.where(ByteBlock::is_space);
    for (int i = 0; i < 64; ++i) {
      const int byte = first + i;
      EXPECT_EQ(letters >> i & 1, byte < 128 && std::isalpha(byte)) << byte;
      EXPECT_EQ(digits >> i & 1, byte < 128 && std::isdigit(byte)) << byte;
      EXPECT_EQ(spaces >> i & 1, byte < 128 && std::isspace(byte)) << byte;
    }
  }
}

TEST(ByteBlock, EndsWithTheText) {
  const std::string text(100, 'x');
  for (size_t at = 0; at < text.size(); ++at) {
    const ByteBlock block(text, at);
    const size_t size = std::min<size_t>(64, text.size() - at);
    EXPECT_EQ(block.size(), size);
    EXPECT_EQ(block.ascii(), size);
    EXPECT_EQ(block.where(ByteBlock::is_letter), ByteBlock::first(size));
  }
  EXPECT_EQ(ByteBlock("ab\xc3\xa9"
                      "cd",
                      0)
                .ascii(),
            2u);
}

}  // namespace
}  // namespace sbert::text
