#pragma once

#include <array>
#include <random>
#include <string>
#include <string_view>

namespace sbert::text {

/// Characters between which tokenizers cut, or do not, or that vanish: letters of both cases, digits, contractions,
/// white space of one and more bytes, punctuation, control characters, accents before and after composition, Chinese,
/// what is wider than it looks, and added tokens of the tokenizers in tests/goldens/text.
inline constexpr std::array<std::string_view, 20> kNastyParts = {
    "a", "S",      "ll", "7",      " ",      "\n", "\t", "'", ".",      "\x01",
    "é", "\u0301", "中", "\u00a0", "\u200b", "„",  "ﬁ",  "▁", "[MASK]", "<mask>"};

/// Calls `use(text)` for every text of at most `length` parts.
template <class Use>
void for_each_short_text(size_t length, Use use, const std::string& before = {}) {
  use(before);
  if (length == 0) return;
  for (const std::string_view part : kNastyParts)
    for_each_short_text(length - 1, use, before + std::string(part));
}

/// Calls `use(text)` for `count` texts of up to 100 parts, always the same: words of ASCII, long ones among them, with
/// something nasty in about every fourth, so that it lies at every place of a stretch of 64 bytes.
template <class Use>
void for_each_long_text(size_t count, Use use) {
  std::minstd_rand random(1);
  const auto below = [&](size_t limit) { return static_cast<size_t>(random()) % limit; };
  for (size_t i = 0; i < count; ++i) {
    std::string text;
    for (size_t parts = 1 + below(100); parts > 0; --parts) {
      const size_t letters = below(50) == 0 ? 80 : below(8);
      for (size_t j = 0; j < letters; ++j)
        text.push_back(static_cast<char>((below(8) == 0 ? 'A' : 'a') + static_cast<char>(below(26))));
      text += below(4) == 0 ? kNastyParts[below(kNastyParts.size())] : kNastyParts[below(10)];
    }
    use(text);
  }
}

}  // namespace sbert::text
