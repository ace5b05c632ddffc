#pragma once

#include <cstdint>
#include <span>

#include "losses/loss.h"
#include "model/implementation.h"
#include "train/batches.h"

namespace sbert {

/// Bytes that this process may still take without swapping: of the machine, or of its cgroup if that is less. 0:
/// unknown.
uint64_t available_memory();

/// Estimates what training takes. A function of model and data alone, not of what the machine does meanwhile, so that
/// a run is cut into pieces the same way every time.
class MemoryEstimate {
 public:
  MemoryEstimate(const ModelImplementation& model, std::span<const ObjectiveBatches> objectives, DType gemm_input,
                 bool keep_best);

  /// Trains a few texts, as many as `budget` has room for, but at least one, to see what a token takes; until then
  /// bytes_per_token() is a generous guess. The parameters are in place for training; something is added to their
  /// gradients.
  void measure_token(const ModelImplementation& model, std::span<const ObjectiveBatches> objectives, DType gemm_input,
                     uint64_t budget);

  uint64_t fixed_bytes() const { return fixed_; }
  /// Of fixed_bytes(), what is not in tensors: the program, the texts.
  uint64_t bytes_beside_tensors() const { return beside_tensors_; }
  uint64_t bytes_per_token() const { return per_token_; }
  uint64_t largest_batch_tokens() const { return largest_batch_; }
  uint64_t longest_sequence() const { return longest_; }

 private:
  uint64_t fixed_ = 0;
  uint64_t beside_tensors_ = 0;
  uint64_t largest_batch_ = 0;
  uint64_t longest_ = 0;
  uint64_t per_token_ = 0;
};

/// Pieces that need no more than `budget` bytes; 0 if the largest batch fits as a whole.
/// THROWS: invalid_argument, saying what is needed, if the budget is too small for one sequence.
uint64_t choose_piece_tokens(const MemoryEstimate& estimate, uint64_t budget);

}  // namespace sbert
