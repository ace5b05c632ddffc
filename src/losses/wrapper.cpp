#include "losses/wrapper.h"

#include <algorithm>
#include <numeric>

#include "base/fail.h"
#include "base/rng.h"
#include "losses/registry.h"

namespace sbert::losses {

OrderedJson Wrapper::inner_config() const {
  const OrderedJson parameters = inner_->config();
  if (parameters.empty()) return inner_->name();
  OrderedJson config{{"name", inner_->name()}};
  config.update(parameters);
  return config;
}

Loss read_inner_loss(OptionReader& options, const SentenceTransformer& model) {
  const Json& given = options.value("loss");
  if (given.is_string()) return make_loss(given.get<std::string>(), Json::object(), model);
  const auto name = given.is_object() ? given.find("name") : given.end();
  if (name == given.end() || !name->is_string()) {
    fail(ErrorCode::invalid_argument, options.loss(),
         ": loss must be the loss it wraps, as "
         "MultipleNegativesRankingLoss or {name: MultipleNegativesRankingLoss, scale: 20}");
  }
  Json parameters = given;
  parameters.erase("name");
  return make_loss(name->get<std::string>(), parameters, model);
}

std::vector<int64_t> draw(int64_t size, int64_t count, uint64_t seed) {
  std::vector<int64_t> all(static_cast<size_t>(size));
  std::iota(all.begin(), all.end(), int64_t{0});
  if (count < 1 || count >= size) return all;
  Rng(seed).shuffle(std::span(all));
  all.resize(static_cast<size_t>(count));
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace sbert::losses
