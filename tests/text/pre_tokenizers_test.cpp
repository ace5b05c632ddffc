#include <gtest/gtest.h>

#include "text/nasty_texts.h"
#include "text/patterns/scanners.h"
#include "text/pre_tokenizer.h"
#include "text/unicode.h"

namespace sbert::text {
namespace {

/// Pieces as the pre-tokenizers are defined, character by character.
std::vector<Span> bert_words(std::string_view text) {
  std::vector<Span> words;
  size_t begin = 0;
  const auto end_word = [&](size_t end) {
    if (begin < end) words.push_back({begin, end});
  };
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const bool mark = unicode::has(point.value, unicode::punctuation);
    if (mark || unicode::is_white_space(point.value)) {
      end_word(at);
      if (mark) words.push_back({at, at + point.size});
      begin = at + point.size;
    }
    at += point.size;
  }
  end_word(text.size());
  return words;
}

std::vector<Span> gpt2_pieces(std::string_view text) {
  std::vector<Span> pieces;
  for (size_t at = 0; at < text.size(); at = pieces.back().end)
    pieces.push_back({at, scan_gpt2(text, at)});
  return pieces;
}

/// Holds a pre-tokenizer that reads many bytes at once to its definition.
void compare(const Json& config, std::vector<Span> (*expected)(std::string_view)) {
  const auto pre_tokenizer = make_pre_tokenizer(config, "test");
  pre_tokenizer->leave_bytes();
  TrackedText tracked;
  Pieces pieces;
  const auto check = [&](const std::string& text) {
    if (testing::Test::HasFailure()) return;
    tracked.reset(text, 0, false);
    pieces.reset(tracked, {0, text.size()});
    pre_tokenizer->pre_tokenize(pieces);
    ASSERT_EQ(pieces.spans(), expected(text)) << Json(text).dump(-1, ' ', true);
  };
  for_each_short_text(4, check);
  for_each_long_text(20'000, check);
}

TEST(PreTokenizer, BertCutsAsItIsDefined) {
  compare(Json{{"type", "BertPreTokenizer"}}, bert_words);
}

TEST(PreTokenizer, ByteLevelCutsAsItsExpressionIsScanned) {
  compare(Json{{"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", true}}, gpt2_pieces);
}

}  // namespace
}  // namespace sbert::text
