#pragma once

#include <memory>

namespace sbert {

class SentenceTransformer;

namespace losses {

class LossFunction;  // the implementation behind a handle; not part of the public API

/// A handle to a training loss. The model is taken to read as in the tutorial and to check dimensions early.
class Loss {
 public:
  explicit Loss(std::shared_ptr<LossFunction> implementation) : implementation_(std::move(implementation)) {}
  const std::shared_ptr<LossFunction>& implementation() const { return implementation_; }

 private:
  std::shared_ptr<LossFunction> implementation_;
};

/// mean_i (cos(u_i, v_i) - y_i)^2 for pairs with a score. Columns: (text, text), label float.
class CosineSimilarityLoss : public Loss {
 public:
  explicit CosineSimilarityLoss(const SentenceTransformer& model);
};

struct MultipleNegativesRankingOptions {
  float scale = 20;  ///< Inverse temperature.
};

/// Cross entropy of scale * cos(anchor_i, candidate_j) with j = i right: every other row's positive, and every given
/// hard negative, is a negative (InfoNCE; Henderson et al. 2017). Columns: (anchor, positive[, negative ...]), no
/// label.
class MultipleNegativesRankingLoss : public Loss {
 public:
  explicit MultipleNegativesRankingLoss(const SentenceTransformer& model,
                                        const MultipleNegativesRankingOptions& options = {});
};

}  // namespace losses
}  // namespace sbert
