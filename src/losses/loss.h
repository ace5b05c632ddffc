#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "tensor/parameter.h"

namespace sbert::losses {

/// Which columns a loss takes; checked before any training.
struct ColumnRule {
  size_t min_inputs;
  size_t max_inputs;
  enum class Label { none, number } label;
  const char* description;  ///< "(sentence_a, sentence_b), score"
};

/// A training loss on sentence embeddings: one matrix [B, D] for each input column, and labels [B] -> a scalar.
/// It sees nothing else of the model, so any batch size can be trained in pieces. Written in tape ops, in f32 for
/// training and in f64 for the numeric-Jacobian tests.
class LossFunction {
 public:
  virtual ~LossFunction() = default;
  /// The class name of sentence-transformers.
  virtual std::string name() const = 0;
  /// Its parameters, with sentence-transformers' names.
  virtual OrderedJson config() const = 0;
  virtual ColumnRule columns() const = 0;
  /// `labels` is empty where the rule says none. -> [1, 1]
  virtual Var forward(Execution& run, std::span<const Var> embeddings, std::span<const float> labels) const = 0;
  /// What the loss itself learns (a classifier's head).
  virtual std::vector<ParameterPtr> parameters() const { return {}; }
};

}  // namespace sbert::losses
