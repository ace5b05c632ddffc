#include "text/truncation.h"

#include <gtest/gtest.h>

#include <sbert/error.h>

#include "text/tiny_tokenizer.h"
#include "text/tokenizer.h"

namespace sbert::text {
namespace {

using Lengths = std::array<size_t, 2>;
using Spans = std::vector<Span>;
constexpr auto kLongest = TruncationStrategy::longest_first;

TEST(Truncation, TheShorterTextStaysWholeAndTheOddTokenGoesToTheLonger) {
  EXPECT_EQ(truncated_lengths({3, 20}, 7, kLongest), (Lengths{3, 4}));
  EXPECT_EQ(truncated_lengths({20, 3}, 7, kLongest), (Lengths{4, 3}));
  EXPECT_EQ(truncated_lengths({20, 20}, 7, kLongest), (Lengths{3, 4}));
  EXPECT_EQ(truncated_lengths({21, 20}, 7, kLongest), (Lengths{4, 3}));
  EXPECT_EQ(truncated_lengths({2, 20}, 7, kLongest), (Lengths{2, 5}));
  EXPECT_EQ(truncated_lengths({3, 4}, 7, kLongest), (Lengths{3, 4}));
  EXPECT_EQ(truncated_lengths({0, 20}, 7, kLongest), (Lengths{0, 7}));
  EXPECT_EQ(truncated_lengths({20, 20}, 1, kLongest), (Lengths{0, 1}));
  EXPECT_EQ(truncated_lengths({3, 4}, 0, kLongest), (Lengths{0, 0}));
}

TEST(Truncation, OneTextAloneCannotLoseAllItHas) {
  EXPECT_EQ(truncated_lengths({9, 5}, 7, TruncationStrategy::only_first), (Lengths{2, 5}));
  EXPECT_EQ(truncated_lengths({5, 9}, 7, TruncationStrategy::only_second), (Lengths{5, 2}));
  EXPECT_THROW(truncated_lengths({5, 7}, 7, TruncationStrategy::only_first), Error);
  EXPECT_THROW(truncated_lengths({9, 0}, 7, TruncationStrategy::only_second), Error);
}

TEST(Truncation, WindowsCoverTheTextFromTheSideThatStays) {
  EXPECT_EQ(token_windows(5, 5, 1, TruncationSide::right), (Spans{{0, 5}}));
  EXPECT_EQ(token_windows(7, 3, 1, TruncationSide::right), (Spans{{0, 3}, {2, 5}, {4, 7}}));
  EXPECT_EQ(token_windows(6, 3, 1, TruncationSide::right), (Spans{{0, 3}, {2, 5}, {4, 6}}));
  EXPECT_EQ(token_windows(6, 3, 1, TruncationSide::left), (Spans{{3, 6}, {1, 4}, {0, 2}}));
  EXPECT_EQ(token_windows(3, 0, 0, TruncationSide::right), (Spans{{0, 0}, {0, 3}}));
}

Tokenizer tiny() {
  return make_tokenizer(tiny_bert(), "tiny");
}

TEST(Truncation, APairHasItsOwnSpecialTokens) {
  const Tokenizer tokenizer = tiny();
  EXPECT_EQ(tokenizer.special_token_count(true), 3u);
  const Encoding pair = tokenizer.encode_pair("hello", "hello !");
  EXPECT_EQ(pair.ids, (Ids{2, 7, 3, 7, 8, 3}));
  EXPECT_EQ(pair.type_ids, (Ids{0, 0, 0, 1, 1, 1}));
  EXPECT_EQ(tokenizer.encode_pair("", "").ids, (Ids{2, 3, 3}));
  EXPECT_EQ(tokenizer.encode_pair("hello", "hello ! !", {.max_length = 5}).ids, (Ids{2, 7, 3, 7, 3}));
  EXPECT_EQ(tokenizer.encode_pair("hello", "!", {.add_special_tokens = false}).ids, (Ids{7, 8}));
  EXPECT_THROW(tokenizer.encode_pair("hello", "hello", {.max_length = 2}), Error);
}

TEST(Truncation, LeftKeepsTheTail) {
  const TokenizeOptions left{.max_length = 4, .truncation_side = TruncationSide::left};
  EXPECT_EQ(tiny().encode("hello ! a", left).ids, (Ids{2, 8, 9, 3}));
}

TEST(Truncation, WindowsHoldWhatWasLeftOut) {
  const auto windows = tiny().encode_windows("hello ! a !", {}, 1, {.max_length = 4});
  ASSERT_EQ(windows.size(), 3u);
  EXPECT_EQ(windows[0].ids, (Ids{2, 7, 8, 3}));
  EXPECT_EQ(windows[1].ids, (Ids{2, 8, 9, 3}));
  EXPECT_EQ(windows[2].ids, (Ids{2, 9, 8, 3}));
  EXPECT_TRUE(windows[0].truncated);
  EXPECT_THROW(tiny().encode_windows("hello ! a !", {}, 2, {.max_length = 4}), Error);
}

TEST(Truncation, MoreWindowsThanMemoryAreRefused) {
  std::string text;
  for (int i = 0; i < 9000; ++i)
    text += "a ";
  EXPECT_THROW(tiny().encode_windows(text, text, 0, {.max_length = 5}), Error);
}

TEST(Offsets, CountCharactersOrBytes) {
  const std::string text = "hé\u4e2dhello";
  const TracedEncoding characters = tiny().encode_with_offsets(text, "hello");
  EXPECT_EQ(characters.ids, (Ids{2, 1, 1, 7, 3, 7, 3}));
  EXPECT_EQ(characters.offsets, (Spans{{0, 0}, {0, 2}, {2, 3}, {3, 8}, {0, 0}, {0, 5}, {0, 0}}));
  EXPECT_EQ(characters.word_ids, (Ids{-1, 0, 1, 2, -1, 0, -1}));
  EXPECT_EQ(characters.sequence_ids, (Ids{-1, 0, 0, 0, -1, 1, -1}));
  const TracedEncoding bytes = tiny().encode_with_offsets(text, {}, {}, OffsetUnit::bytes);
  EXPECT_EQ(bytes.offsets, (Spans{{0, 0}, {0, 3}, {3, 6}, {6, 11}, {0, 0}}));
}

}  // namespace
}  // namespace sbert::text
