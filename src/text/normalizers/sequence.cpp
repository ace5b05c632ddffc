#include <algorithm>
#include <vector>

#include "text/normalizers/registry.h"

namespace sbert::text {

namespace {

class NormalizerSequence final : public Normalizer {
 public:
  explicit NormalizerSequence(std::vector<std::unique_ptr<Normalizer>> steps) : steps_(std::move(steps)) {}

  void normalize(TrackedText& text) const override {
    for (const auto& step : steps_)
      step->normalize(text);
  }
  bool is_lowercase() const override {
    return std::ranges::any_of(steps_, [](const auto& step) { return step->is_lowercase(); });
  }

 private:
  std::vector<std::unique_ptr<Normalizer>> steps_;
};

}  // namespace

std::unique_ptr<Normalizer> make_normalizer_sequence(const Json& config, const std::string& where) {
  std::vector<std::unique_ptr<Normalizer>> steps;
  const auto list = json_required<Json>(config, "normalizers", where);
  if (!list.is_array()) fail(ErrorCode::corrupt_data, where, ": 'normalizers' should be a list");
  for (const Json& step : list) {
    steps.push_back(make_normalizer(step, where));
    if (!steps.back()) fail(ErrorCode::corrupt_data, where, ": 'normalizers' holds a null");
  }
  return std::make_unique<NormalizerSequence>(std::move(steps));
}

std::unique_ptr<Normalizer> lowercase_before(std::unique_ptr<Normalizer> rest) {
  std::vector<std::unique_ptr<Normalizer>> steps;
  steps.push_back(make_lowercase({}, {}));
  if (rest) steps.push_back(std::move(rest));
  return std::make_unique<NormalizerSequence>(std::move(steps));
}

}  // namespace sbert::text
