#include "text/normalizers/bert.h"

#include <algorithm>

#include "text/normal_form.h"
#include "text/normalizers/lowercase.h"
#include "text/normalizers/registry.h"
#include "text/unicode.h"

namespace sbert::text {

namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

/// Calls `edit(out, character, where it starts)` for each character of the text.
template <class Edit>
void rewrite_characters(TrackedText& text, Edit edit) {
  Rewrite out(text);
  const std::string_view source = out.source();
  for (size_t at = 0; at < source.size();) {
    const CodePoint point = decode_utf8(source, at);
    edit(out, point.value, at);
    at += point.size;
  }
  out.finish();
}

void clean(TrackedText& text) {
  rewrite_characters(text, [](Rewrite& out, char32_t c, size_t at) {
    if (unicode::has(c, unicode::bert_removed)) return;
    out.put(unicode::is_white_space(c) ? U' ' : c, at);
  });
}

void put_spaces_around_chinese(TrackedText& text) {
  rewrite_characters(text, [](Rewrite& out, char32_t c, size_t at) {
    const bool chinese = BertNormalizer::is_chinese(c);
    if (chinese) out.put(U' ', at);
    out.put(c, at);
    if (chinese) out.put(U' ', at);
  });
}

void strip_accents(TrackedText& text) {
  to_normal_form(text, NormalForm::nfd);
  rewrite_characters(text, [](Rewrite& out, char32_t c, size_t at) {
    if (!unicode::has(c, unicode::nonspacing_mark)) out.put(c, at);
  });
}

}  // namespace

bool BertNormalizer::is_chinese(char32_t c) {
  if (c < 0x3400) return false;
  const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  return within(0x4e00, 0x9fff) || within(0x3400, 0x4dbf) || within(0x20000, 0x2a6df) || within(0x2a700, 0x2b73f) ||
         within(0x2b740, 0x2b81f) || within(0x2b920, 0x2ceaf) || within(0xf900, 0xfaff) || within(0x2f800, 0x2fa1f);
}

void BertNormalizer::normalize(TrackedText& text) const {
  if (options_.clean_text) clean(text);
  if (!is_ascii(text.view())) {
    if (options_.handle_chinese_chars) put_spaces_around_chinese(text);
    if (options_.strip_accents) strip_accents(text);
  }
  if (options_.lowercase) to_lower(text);
}

std::unique_ptr<Normalizer> make_bert_normalizer(const Json& config, const std::string& where) {
  BertNormalizer::Options options;
  options.clean_text = json_required<bool>(config, "clean_text", where);
  options.handle_chinese_chars = json_required<bool>(config, "handle_chinese_chars", where);
  options.lowercase = json_required<bool>(config, "lowercase", where);
  options.strip_accents = json_value<bool>(config, "strip_accents", options.lowercase, where);
  return std::make_unique<BertNormalizer>(options);
}

}  // namespace sbert::text
