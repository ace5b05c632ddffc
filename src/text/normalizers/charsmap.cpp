#include "text/normalizers/charsmap.h"

#include "base/fail.h"
#include "text/utf8.h"

namespace sbert::text {

namespace {

uint32_t read_u32(std::string_view bytes, size_t at) {
  uint32_t value = 0;
  for (size_t i = 0; i < 4; ++i)
    value |= static_cast<uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return value;
}

// The layout of a unit is that of the darts-clone library.
bool has_leaf(uint32_t unit) {
  return unit >> 8 & 1;
}
uint32_t value(uint32_t unit) {
  return unit & 0x7fffffffu;
}
uint32_t label(uint32_t unit) {
  return unit & 0x800000ffu;
}
uint32_t offset(uint32_t unit) {
  return unit >> 10 << ((unit & 0x200u) >> 6);
}

}  // namespace

Charsmap::Charsmap(std::string_view bytes, const std::string& where) {
  const auto fail_size = [&] { fail(ErrorCode::corrupt_data, where, ": 'precompiled_charsmap' is cut short"); };
  if (bytes.empty()) return;
  if (bytes.size() < 4) fail_size();
  const size_t trie_size = read_u32(bytes, 0) / 4;
  if (trie_size > (bytes.size() - 4) / 4 || trie_size == 0) fail_size();
  for (size_t i = 0; i < trie_size; ++i)
    units_.push_back(read_u32(bytes, 4 + 4 * i));
  replacements_ = bytes.substr(4 + 4 * trie_size);
  if (find_invalid_utf8(replacements_) != std::string_view::npos) {
    fail(ErrorCode::corrupt_data, where, ": 'precompiled_charsmap' holds replacements that are not UTF-8");
  }
  for (size_t c = 0x20; c < 0x7f; ++c) {
    const char character = static_cast<char>(c);
    plain_[c] = !find({&character, 1});
  }
}

std::optional<std::string_view> Charsmap::find(std::string_view text) const {
  if (units_.empty()) return std::nullopt;
  size_t node = offset(units_[0]);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    node ^= byte;
    if (byte == 0 || node >= units_.size() || label(units_[node]) != byte) return std::nullopt;
    const bool leaf = has_leaf(units_[node]);
    node ^= offset(units_[node]);
    if (!leaf) continue;
    if (node >= units_.size()) return std::nullopt;
    const size_t begin = value(units_[node]);
    if (begin > replacements_.size()) return std::nullopt;
    std::string_view replacement = std::string_view(replacements_).substr(begin);
    replacement = replacement.substr(0, replacement.find('\0'));
    // A place in the middle of a character is damage.
    return find_invalid_utf8(replacement) == std::string_view::npos ? std::optional(replacement) : std::nullopt;
  }
  return std::nullopt;
}

size_t Charsmap::skip_plain_ascii(std::string_view text, size_t at) const {
  const size_t begin = at;
  while (at < text.size() && plain_[static_cast<unsigned char>(text[at])])
    ++at;
  // What follows may be a mark that belongs to the last character.
  const bool at_end = at == text.size() || static_cast<unsigned char>(text[at]) < 0x80;
  return at_end || at == begin ? at : at - 1;
}

}  // namespace sbert::text
