#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "losses/loss.h"
#include "model/implementation.h"
#include "train/batches.h"

namespace sbert {

/// Computes the loss of a batch and adds its gradients to those of the parameters.
///
/// A batch of more than `piece_tokens` tokens is computed in pieces, with the same gradients (gradient caching, Gao et
/// al. 2021): everything is embedded without recording; the loss is computed on all embeddings and run backwards to
/// them; then each piece is embedded again, recording, and takes its rows of that gradient further. Dropout masks
/// belong to places in the batch (see PackedBatch::before), so both passes, and a batch that is not cut, have the same.
class BatchGradients {
 public:
  struct Options {
    DType gemm_input = DType::f32;
    uint64_t seed = 0;
    int64_t piece_tokens = 0;  ///< 0: never in pieces
  };

  /// `model` must outlive this.
  BatchGradients(const ModelImplementation& model, const Options& options) : model_(model), options_(options) {}

  /// Gradients are those of `weight` times the loss. `number`: of this batch in the run; dropout depends on it.
  /// -> the loss. THROWS: invalid_argument if it is not finite.
  double add(const losses::LossFunction& loss, const TrainingBatch& batch, uint64_t number, double weight) const;

 private:
  Execution execution(uint64_t number, Tape* tape) const;
  /// The embeddings, and those of each layer.
  std::vector<Var> embed(Execution& run, nn::Features& features, std::span<const int64_t> layers) const;
  std::vector<PackedBatch> cut(const PackedBatch& batch) const;
  double at_once(const losses::LossFunction& loss, const TrainingBatch& batch, uint64_t number, double weight) const;
  double in_pieces(const losses::LossFunction& loss, const TrainingBatch& batch, const std::vector<PackedBatch>& pieces,
                   uint64_t number, double weight) const;

  const ModelImplementation& model_;
  Options options_;
};

}  // namespace sbert
