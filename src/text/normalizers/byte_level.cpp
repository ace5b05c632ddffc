#include "text/byte_characters.h"
#include "text/normalizers/registry.h"

namespace sbert::text {

namespace {

/// Writes each byte as the character that stands for it.
class ByteLevelNormalizer final : public Normalizer {
 public:
  void normalize(TrackedText& text) const override {
    Rewrite out(text);
    const std::string_view source = out.source();
    for (size_t at = 0; at < source.size(); ++at)
      out.put(character_of_byte(source[at]), at);
    out.finish();
  }
};

}  // namespace

std::unique_ptr<Normalizer> make_byte_level_normalizer(const Json&, const std::string&) {
  return std::make_unique<ByteLevelNormalizer>();
}

}  // namespace sbert::text
