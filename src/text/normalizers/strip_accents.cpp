#include "text/normalizers/registry.h"
#include "text/transform.h"
#include "text/unicode.h"

namespace sbert::text {

namespace {

/// Drops combining marks; after NFD, accents.
class StripAccents final : public Normalizer {
 public:
  void normalize(TrackedText& text) const override {
    map_characters(
        text, [](char32_t c) { return unicode::has(c, unicode::combining_mark) ? std::nullopt : std::optional(c); });
  }
};

}  // namespace

std::unique_ptr<Normalizer> make_strip_accents(const Json&, const std::string&) {
  return std::make_unique<StripAccents>();
}

}  // namespace sbert::text
