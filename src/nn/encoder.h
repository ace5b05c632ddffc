#pragma once

#include <cstdint>
#include <vector>

#include "tensor/packed_batch.h"
#include "tensor/parameter.h"

namespace sbert::nn {

/// What the rest of a model needs to know of an encoder.
struct EncoderShape {
  int64_t vocab_size = 0;
  int64_t hidden_size = 0;
  int64_t layers = 0;
  int64_t attention_heads = 0;
  int64_t intermediate_size = 0;
  int64_t max_tokens = 0;  ///< longest sequence it has positions for
};

/// Token ids -> token embeddings: the part of a model that a Hugging Face checkpoint is. PostNormEncoder is BERT and
/// its variants; a family that is built otherwise (ModernBERT, T5, decoders) has a class of its own beside it, and
/// nothing but its file in architectures/ has to know.
/// Thread safety: forward without a tape may run on many threads at once.
class Encoder {
 public:
  virtual ~Encoder() = default;

  virtual const EncoderShape& shape() const = 0;
  /// -> [T, H]. `batch` must live until the tape has run. What goes into each layer, and
  /// what comes out of the last, is appended to `layers`, if given.
  /// REQUIRES: ids below vocab_size, sequences no longer than max_tokens.
  virtual Var forward(Execution& run, const PackedBatch& batch, std::vector<Var>* layers) const = 0;
  /// In memory order: embeddings, then layer by layer.
  virtual std::vector<ParameterPtr> parameters() const = 0;
};

}  // namespace sbert::nn
