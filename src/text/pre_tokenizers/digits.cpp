#include "text/pre_tokenizers/characters.h"
#include "text/pre_tokenizers/registry.h"
#include "text/unicode.h"

namespace sbert::text {

namespace {

/// Numbers apart from the rest; each digit apart if asked to.
class Digits final : public PreTokenizer {
 public:
  explicit Digits(bool individual) : individual_(individual) {}
  void pre_tokenize(Pieces& pieces) const override {
    split_at_characters(pieces, individual_ ? SplitBehavior::isolated : SplitBehavior::contiguous,
                        [](char32_t c) { return unicode::has(c, unicode::numeric); });
  }

 private:
  bool individual_;
};

}  // namespace

std::unique_ptr<PreTokenizer> make_digits(const Json& config, const std::string& where) {
  return std::make_unique<Digits>(json_required<bool>(config, "individual_digits", where));
}

}  // namespace sbert::text
