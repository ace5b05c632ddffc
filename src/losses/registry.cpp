#include "losses/registry.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/fail.h"

namespace sbert::losses {
namespace {

/// THROWS: invalid_argument if `options` has a key that is not in `known`.
void check_options(const std::string& loss, const Json& options, std::initializer_list<std::string_view> known) {
  for (const auto& [key, value] : options.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    std::string names;
    for (const auto& name : known)
      names += (names.empty() ? "" : ", ") + std::string(name);
    fail(ErrorCode::invalid_argument, loss, " has no option '", key, "'; it has: ", names.empty() ? "none" : names);
  }
}

Loss make_cosine_similarity(const Json& options, const SentenceTransformer& model) {
  check_options("CosineSimilarityLoss", options, {});
  return CosineSimilarityLoss(model);
}

Loss make_multiple_negatives_ranking(const Json& options, const SentenceTransformer& model) {
  const std::string name = "MultipleNegativesRankingLoss";
  check_options(name, options, {"scale"});
  MultipleNegativesRankingOptions parsed;
  try {
    parsed.scale = json_value<float>(options, "scale", parsed.scale, name);
  } catch (const Error& error) {
    fail(ErrorCode::invalid_argument, error.what());
  }
  return MultipleNegativesRankingLoss(model, parsed);
}

struct Entry {
  std::string_view name;
  Loss (*make)(const Json& options, const SentenceTransformer& model);
};

// One line a loss, in alphabetical order.
constexpr std::array<Entry, 2> kLosses{{
    {"CosineSimilarityLoss", make_cosine_similarity},
    {"MultipleNegativesRankingLoss", make_multiple_negatives_ranking},
}};

}  // namespace

std::vector<std::string> loss_names() {
  std::vector<std::string> names;
  for (const auto& entry : kLosses)
    names.emplace_back(entry.name);
  return names;
}

Loss make_loss(const std::string& name, const Json& options, const SentenceTransformer& model) {
  for (const auto& entry : kLosses) {
    if (entry.name == name) return entry.make(options, model);
  }
  std::string known;
  for (const auto& entry : kLosses)
    known += (known.empty() ? "" : ", ") + std::string(entry.name);
  fail(ErrorCode::invalid_argument, "unknown loss '", name, "'; known: ", known);
}

}  // namespace sbert::losses
