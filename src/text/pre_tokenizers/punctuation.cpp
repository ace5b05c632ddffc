#include "text/pre_tokenizers/characters.h"
#include "text/pre_tokenizers/registry.h"
#include "text/unicode.h"

namespace sbert::text {

namespace {

class Punctuation final : public PreTokenizer {
 public:
  explicit Punctuation(SplitBehavior behavior) : behavior_(behavior) {}
  void pre_tokenize(Pieces& pieces) const override {
    split_at_characters(pieces, behavior_, [](char32_t c) { return unicode::has(c, unicode::punctuation); });
  }

 private:
  SplitBehavior behavior_;
};

}  // namespace

std::unique_ptr<PreTokenizer> make_punctuation(const Json& config, const std::string& where) {
  const bool given = config.contains("behavior");
  return std::make_unique<Punctuation>(given ? read_split_behavior(config, "behavior", where)
                                             : SplitBehavior::isolated);
}

}  // namespace sbert::text
