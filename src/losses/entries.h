#pragma once

#include <sbert/losses.h>

#include "losses/options.h"

namespace sbert::losses {

/// What the registry knows of a loss.
struct LossEntry {
  const char* name;      ///< the class of sentence-transformers
  const char* summary;   ///< half a line
  const char* data;      ///< columns and label: "(anchor, positive)"
  const char* citation;  ///< BibTeX key of the paper, as Python's model cards have it; empty: none
  /// THROWS: invalid_argument for a value that makes no sense.
  Loss (*make)(OptionReader& options, const SentenceTransformer& model);
};

// One line here and one in registry.cpp for each loss. They are constinit, so that tables of losses may be made before
// main() begins.
extern const LossEntry kAdaptiveLayer;
extern const LossEntry kAnglE;
extern const LossEntry kBatchAllTriplet;
extern const LossEntry kBatchHardSoftMarginTriplet;
extern const LossEntry kBatchHardTriplet;
extern const LossEntry kBatchSemiHardTriplet;
extern const LossEntry kCachedGISTEmbed;
extern const LossEntry kCachedMultipleNegativesRanking;
extern const LossEntry kCachedMultipleNegativesSymmetricRanking;
extern const LossEntry kCoSENT;
extern const LossEntry kContrastive;
extern const LossEntry kCosineSimilarity;
extern const LossEntry kDistillKLDiv;
extern const LossEntry kEmbedDistill;
extern const LossEntry kGISTEmbed;
extern const LossEntry kGlobalOrthogonalRegularization;
extern const LossEntry kMSE;
extern const LossEntry kMarginMSE;
extern const LossEntry kMatryoshka2d;
extern const LossEntry kMatryoshka;
extern const LossEntry kMegaBatchMargin;
extern const LossEntry kMultipleNegativesRanking;
extern const LossEntry kMultipleNegativesSymmetricRanking;
extern const LossEntry kOnlineContrastive;
extern const LossEntry kSoftmax;
extern const LossEntry kTriplet;

}  // namespace sbert::losses
