#include "text/normalizers/registry.h"
#include "text/unicode.h"

namespace sbert::text {

namespace {

/// Drops combining marks; after NFD, accents.
class StripAccents final : public Normalizer {
 public:
  void normalize(TrackedText& text) const override {
    Rewrite out(text);
    const std::string_view source = out.source();
    for (size_t at = 0; at < source.size();) {
      const CodePoint point = decode_utf8(source, at);
      if (!unicode::has(point.value, unicode::combining_mark)) out.put(point.value, at);
      at += point.size;
    }
    out.finish();
  }
};

}  // namespace

std::unique_ptr<Normalizer> make_strip_accents(const Json&, const std::string&) {
  return std::make_unique<StripAccents>();
}

}  // namespace sbert::text
