#pragma once

#include "text/normalizer.h"

namespace sbert::text {

/// BertNormalizer: in this order, drops control characters and makes every space a " ", puts spaces around Chinese
/// characters, strips accents, lower-cases. Each step is optional.
class BertNormalizer final : public Normalizer {
 public:
  struct Options {
    bool clean_text = true;
    bool handle_chinese_chars = true;
    bool strip_accents = true;
    bool lowercase = true;
  };

  explicit BertNormalizer(const Options& options) : options_(options) {}

  void normalize(TrackedText& text) const override;
  const Options& options() const { return options_; }

  /// What the normalizer takes for Chinese: CJK ideographs but neither kana nor hangul, less 2B820-2B91F.
  static bool is_chinese(char32_t c);

 private:
  void normalize_tracked(TrackedText& text) const;

  Options options_;
};

}  // namespace sbert::text
