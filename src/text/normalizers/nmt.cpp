#include "text/normalizers/registry.h"
#include "text/transform.h"

namespace sbert::text {

namespace {

bool is_dropped(char32_t c) {
  return (c >= 0x01 && c <= 0x08) || c == 0x0b || (c >= 0x0e && c <= 0x1f) || c == 0x7f || c == 0x8f || c == 0x9f;
}

bool becomes_space(char32_t c) {
  return c == 0x09 || c == 0x0a || c == 0x0c || c == 0x0d || c == 0x1680 || (c >= 0x200b && c <= 0x200f) ||
         c == 0x2028 || c == 0x2029 || c == 0x2581 || c == 0xfeff || c == 0xfffd;
}

/// SentencePiece's cleaning for machine translation: drops control characters, makes other white space " ".
class Nmt final : public Normalizer {
 public:
  void normalize(TrackedText& text) const override {
    map_characters(
        text, [](char32_t c) { return is_dropped(c) ? std::nullopt : std::optional(becomes_space(c) ? U' ' : c); });
  }
};

}  // namespace

std::unique_ptr<Normalizer> make_nmt(const Json&, const std::string&) {
  return std::make_unique<Nmt>();
}

}  // namespace sbert::text
