#include "text/pre_tokenizers/byte_level.h"

#include <algorithm>
#include <bit>

#include "text/byte_block.h"
#include "text/byte_characters.h"
#include "text/patterns/scanners.h"
#include "text/pre_tokenizers/registry.h"

namespace sbert::text {

namespace {

/// GPT-2's pieces as `scan_gpt2` finds them, many at once: keeps those from `at` on that are surely over within the
/// next bytes and ASCII. Returns where they end, `at` if there are none. REQUIRES: a piece begins at `at`.
template <class Keep>
size_t split_ascii(std::string_view text, size_t at, Keep keep) {
  const ByteBlock block(text, at);
  const uint64_t ascii = ByteBlock::first(block.ascii());
  const uint64_t letters = block.where(ByteBlock::is_letter), digits = block.where(ByteBlock::is_digit);
  const uint64_t spaces = block.where(ByteBlock::is_space) & ascii;
  const uint64_t blanks = block.where([](ByteBlock::Vector byte) { return byte == ' '; });
  const uint64_t words = ~spaces & ascii, others = words & ~letters & ~digits;
  const uint64_t inside = (letters & letters << 1) | (digits & digits << 1) | (others & others << 1);
  // Of white space the last character begins a piece of its own, which the word after it joins if it is a " ".
  uint64_t begins = (words & ~inside & ~(blanks << 1)) | (spaces & (~(spaces << 1) | words >> 1));
  // Behind its beginning 's is letters that begin nothing, and what follows it begins something.
  const uint64_t quotes = block.where([](ByteBlock::Vector byte) { return byte == '\''; });
  for (uint64_t some = begins & quotes & letters >> 1; some; some &= some - 1) {
    const auto quote = static_cast<size_t>(std::countr_zero(some));
    const size_t end = scan_contraction(text, at + quote) - at;
    if (end == quote) continue;
    begins &= ~(uint64_t{2} << quote);
    if (end < ByteBlock::kBytes) begins |= uint64_t{1} << end;
  }
  // Only whether the last byte begins a piece may depend on what follows, and pieces that go on there are not kept.
  begins &= ascii;
  if (at + block.ascii() == text.size() && block.ascii() < ByteBlock::kBytes) begins |= uint64_t{1} << block.ascii();
  size_t begin = 0;
  for (begins &= ~uint64_t{1}; begins; begins &= begins - 1) {
    const auto next = static_cast<size_t>(std::countr_zero(begins));
    keep(at + begin, at + next);
    begin = next;
  }
  return at + begin;
}

}  // namespace

void ByteLevel::pre_tokenize(Pieces& pieces) const {
  if (add_prefix_space_) {
    pieces.rewrite([](Rewrite& out, Span piece) {
      if (out.source()[piece.begin] != ' ') out.put(U' ', piece.begin);
      out.copy(piece.begin, piece.end);
    });
  }
  if (use_regex_) {
    pieces.split([](std::string_view piece, auto keep) {
      for (size_t at = 0; at < piece.size();) {
        const bool ascii = static_cast<unsigned char>(piece[at] | piece[std::min(at + 1, piece.size() - 1)]) < 0x80;
        const size_t done = ascii ? split_ascii(piece, at, keep) : at;
        if (done != at) {
          at = done;
          continue;
        }
        const size_t end = scan_gpt2(piece, at);
        keep(at, end);
        at = end;
      }
    });
  }
  if (keep_bytes_) return;
  pieces.rewrite([](Rewrite& out, Span piece) {
    for (size_t at = piece.begin; at < piece.end; ++at)
      out.put(character_of_byte(out.source()[at]), at);
  });
}

std::unique_ptr<PreTokenizer> make_byte_level(const Json& config, const std::string& where) {
  return std::make_unique<ByteLevel>(json_required<bool>(config, "add_prefix_space", where),
                                     json_value<bool>(config, "use_regex", true, where));
}

}  // namespace sbert::text
