#include "text/normalizers/bert.h"

#include <algorithm>
#include <vector>

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

/// All steps at once, for callers who do not want offsets.
class OnePass {
 public:
  OnePass(const BertNormalizer::Options& options, std::string_view source, std::string& out)
      : options_(options), source_(source), out_(out) {}

  void run() {
    out_.resize(source_.size() + kRoom);
    size_t at = 0;
    while (at < source_.size()) {
      if (marks_.empty() && at + kChunk <= source_.size() && copy_plain_ascii(at)) {
        at += kChunk;
        continue;
      }
      if (out_.size() - size_ < kRoom) out_.resize(out_.size() * 2);
      const CodePoint point = decode_utf8(source_, at);
      put(point.value);
      at += point.size;
    }
    sort_marks();
    out_.resize(size_);
  }

 private:
  static constexpr size_t kChunk = 16;
  static constexpr size_t kRoom = 64;  // more than a chunk, or a character with its spaces and marks, can become

  /// Copies the next chunk if it is printable ASCII, lower-casing it if asked to; true if so. REQUIRES: no marks wait.
  bool copy_plain_ascii(size_t at) {
    const char* from = source_.data() + at;
    if (out_.size() - size_ < kRoom) out_.resize(out_.size() * 2);
    char* to = out_.data() + size_;
    unsigned char other = 0;
    const unsigned char letters = options_.lowercase ? 26 : 0;
    for (size_t i = 0; i < kChunk; ++i) {
      const auto byte = static_cast<unsigned char>(from[i]);
      other = static_cast<unsigned char>(other | (static_cast<unsigned char>(byte - 0x20) >= 0x5f));
      const bool capital = static_cast<unsigned char>(byte - 'A') < letters;
      to[i] = static_cast<char>(byte + (capital ? 32 : 0));
    }
    if (other) return false;
    size_ += kChunk;
    return true;
  }

  void put(char32_t c) {
    if (options_.clean_text) {
      if (unicode::has(c, unicode::bert_removed)) return;
      if (unicode::is_white_space(c)) c = U' ';
    }
    const bool chinese = options_.handle_chinese_chars && BertNormalizer::is_chinese(c);
    if (chinese) {
      sort_marks();
      put_lowered(U' ');
    }
    if (options_.strip_accents) {
      decompose_canonically(c, [this](char32_t part) { put_part(part); });
    } else {
      put_lowered(c);
    }
    if (chinese) put_lowered(U' ');
  }

  /// A character of the decomposed text. Marks that are not dropped wait until their run is over.
  void put_part(char32_t c) {
    const uint8_t combining_class = unicode::combining_class(c);
    if (combining_class == 0) sort_marks();
    if (unicode::has(c, unicode::nonspacing_mark)) return;
    if (combining_class == 0) {
      put_lowered(c);
    } else {
      marks_.push_back({combining_class, c});
    }
  }

  void sort_marks() {
    if (marks_.empty()) return;
    std::ranges::stable_sort(marks_, {}, &Mark::combining_class);
    if (out_.size() - size_ < kRoom + 4 * marks_.size()) out_.resize(out_.size() * 2 + 4 * marks_.size());
    for (const Mark& mark : marks_)
      put_lowered(mark.c);
    marks_.clear();
  }

  void put_lowered(char32_t c) {
    if (options_.lowercase) {
      write(unicode::to_lower(c));
      if (c == unicode::kCapitalIWithDot) write(unicode::kCombiningDotAbove);
    } else {
      write(c);
    }
  }

  void write(char32_t c) { size_ += encode_utf8(c, out_.data() + size_); }

  struct Mark {
    uint8_t combining_class;
    char32_t c;
  };

  const BertNormalizer::Options& options_;
  const std::string_view source_;
  std::string& out_;
  size_t size_ = 0;  // of what is written to `out_`, which is longer meanwhile
  std::vector<Mark> marks_;
};

}  // namespace

bool BertNormalizer::is_chinese(char32_t c) {
  if (c < 0x3400) return false;
  const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  return within(0x4e00, 0x9fff) || within(0x3400, 0x4dbf) || within(0x20000, 0x2a6df) || within(0x2a700, 0x2b73f) ||
         within(0x2b740, 0x2b81f) || within(0x2b920, 0x2ceaf) || within(0xf900, 0xfaff) || within(0x2f800, 0x2fa1f);
}

void BertNormalizer::normalize(TrackedText& text) const {
  if (text.tracks()) return normalize_tracked(text);
  Rewrite out(text);
  OnePass(options_, out.source(), out.bytes()).run();
  out.finish();
}

/// Step by step, because the offsets follow from what each step did to the text of the one before.
void BertNormalizer::normalize_tracked(TrackedText& text) const {
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
