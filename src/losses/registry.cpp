#include "losses/registry.h"

#include <array>
#include <vector>

#include "base/fail.h"

namespace sbert::losses {
namespace {

// One line a loss, in alphabetical order.
constexpr std::array kLosses{
    &kAdaptiveLayer,
    &kAnglE,
    &kBatchAllTriplet,
    &kBatchHardSoftMarginTriplet,
    &kBatchHardTriplet,
    &kBatchSemiHardTriplet,
    &kCachedGISTEmbed,
    &kCachedMultipleNegativesRanking,
    &kCachedMultipleNegativesSymmetricRanking,
    &kCoSENT,
    &kContrastive,
    &kCosineSimilarity,
    &kDistillKLDiv,
    &kEmbedDistill,
    &kGISTEmbed,
    &kGlobalOrthogonalRegularization,
    &kMSE,
    &kMarginMSE,
    &kMatryoshka2d,
    &kMatryoshka,
    &kMegaBatchMargin,
    &kMultipleNegativesRanking,
    &kMultipleNegativesSymmetricRanking,
    &kOnlineContrastive,
    &kSoftmax,
    &kTriplet,
};

}  // namespace

std::span<const LossEntry* const> all_losses() {
  return kLosses;
}

std::vector<std::string> loss_names() {
  std::vector<std::string> names;
  for (const LossEntry* entry : kLosses)
    names.emplace_back(entry->name);
  return names;
}

Loss make_loss(const std::string& name, const Json& options, const SentenceTransformer& model) {
  std::string known;
  for (const LossEntry* entry : kLosses) {
    if (entry->name == name) {
      OptionReader reader(name, options);
      Loss loss = entry->make(reader, model);
      reader.finish();
      return loss;
    }
    known += (known.empty() ? "" : ", ") + std::string(entry->name);
  }
  fail(ErrorCode::invalid_argument, "unknown loss '", name, "'; known: ", known);
}

}  // namespace sbert::losses
