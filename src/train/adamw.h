#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "train/parameter_block.h"

namespace sbert {

struct AdamWOptions {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 0.01;
};

/// AdamW (Loshchilov & Hutter 2019) over a ParameterBlock: decoupled decay, bias-corrected, the order of operations of
/// torch.optim.AdamW with Hugging Face's parameter groups (no decay for biases and LayerNorm).
///
/// Rows of an embedding table that never had a gradient have zero moments: the dense update would only decay them, by a
/// factor that depends on the step alone. Those decays are made up for when the row is read (Parameter::before_read),
/// or in finish(), one missed step after the other, so the result equals the dense update to the last bit.
class AdamW {
 public:
  AdamW(ParameterBlock& block, const AdamWOptions& options);
  ~AdamW();
  AdamW(const AdamW&) = delete;
  AdamW& operator=(const AdamW&) = delete;

  /// One update with learning rate `lr`; gradients are multiplied by `gradient_scale` first.
  void step(double lr, double gradient_scale);
  /// Makes up the missed decays, so that every row holds what the dense update would. Call before reading parameters.
  void finish();

  uint64_t steps() const { return learning_rates_.size(); }
  /// Goes on after `steps` steps, as a run that called finish() there; the block holds its values and moments.
  void resume(uint64_t steps);

 private:
  /// Rows of one embedding table.
  struct Rows {
    std::vector<bool> is_active;    // has had a gradient
    std::vector<int64_t> active;    // those
    std::vector<uint64_t> made_up;  // steps whose decay a row has had that is not active
  };
  /// Consecutive elements of one parameter.
  struct Piece {
    size_t parameter;
    int64_t begin;
    int64_t count;
  };

  void activate_touched_rows(size_t index);
  /// Of those of the rows that are not active.
  void make_up_decay(size_t index, std::span<const int32_t> rows);
  void make_up_decay(size_t index, int64_t row);
  std::vector<Piece> pieces_to_update() const;

  ParameterBlock& block_;
  AdamWOptions options_;
  std::vector<double> learning_rates_;  // of each step so far
  std::vector<Rows> rows_;              // by parameter; empty where not sparse
};

}  // namespace sbert
