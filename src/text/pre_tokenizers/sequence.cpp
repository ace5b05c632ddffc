#include <algorithm>
#include <vector>

#include "text/pre_tokenizers/registry.h"

namespace sbert::text {

namespace {

class PreTokenizerSequence final : public PreTokenizer {
 public:
  explicit PreTokenizerSequence(std::vector<std::unique_ptr<PreTokenizer>> steps) : steps_(std::move(steps)) {}

  void pre_tokenize(Pieces& pieces) const override {
    for (const auto& step : steps_)
      step->pre_tokenize(pieces);
  }

  bool needs_origins() const override {
    return std::ranges::any_of(steps_, [](const auto& step) { return step->needs_origins(); });
  }

 private:
  std::vector<std::unique_ptr<PreTokenizer>> steps_;
};

}  // namespace

std::unique_ptr<PreTokenizer> make_pre_tokenizer_sequence(const Json& config, const std::string& where) {
  std::vector<std::unique_ptr<PreTokenizer>> steps;
  const auto list = json_required<Json>(config, "pretokenizers", where);
  if (!list.is_array()) fail(ErrorCode::corrupt_data, where, ": 'pretokenizers' should be a list");
  for (const Json& step : list) {
    steps.push_back(make_pre_tokenizer(step, where));
    if (!steps.back()) fail(ErrorCode::corrupt_data, where, ": 'pretokenizers' holds a null");
  }
  return std::make_unique<PreTokenizerSequence>(std::move(steps));
}

}  // namespace sbert::text
