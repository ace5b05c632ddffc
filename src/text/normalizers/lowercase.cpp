#include "text/normalizers/lowercase.h"

#include <algorithm>

#include "text/normalizers/registry.h"
#include "text/unicode.h"

namespace sbert::text {

namespace {

class Lowercase final : public Normalizer {
 public:
  void normalize(TrackedText& text) const override { to_lower(text); }
  bool is_lowercase() const override { return true; }
};

}  // namespace

void to_lower(TrackedText& text) {
  Rewrite out(text);
  const std::string_view source = out.source();
  for (size_t at = 0; at < source.size();) {
    const CodePoint point = decode_utf8(source, at);
    out.put(unicode::to_lower(point.value), at);
    if (point.value == unicode::kCapitalIWithDot) out.put(unicode::kCombiningDotAbove, at);
    at += point.size;
  }
  out.finish();
}

std::unique_ptr<Normalizer> make_lowercase(const Json&, const std::string&) {
  return std::make_unique<Lowercase>();
}

}  // namespace sbert::text
