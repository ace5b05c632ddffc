#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <sbert/embeddings.h>

#include "base/json.h"
#include "tensor/parameter.h"

namespace sbert {

class SentenceTransformer;

namespace losses {

/// Which columns a loss takes; checked before any training.
struct ColumnRule {
  enum class Label {
    none,
    optional_number,
    number,
    binary,        ///< 0 or 1
    class_number,  ///< 0, 1, ...
    vector,        ///< several numbers a row: a teacher's scores
    embedding,     ///< a teacher's embedding, or one for each text, one after the other
  };
  size_t min_inputs;
  size_t max_inputs;
  Label label;
  const char* description;  ///< "(sentence_a, sentence_b), score"
  // Labels outside make no sense; of numbers and class numbers.
  double min_label = -std::numeric_limits<double>::infinity();
  double max_label = std::numeric_limits<double>::infinity();
};

/// Embeddings as the model would make them if its encoder ended after layer `index` (from 0).
struct PriorLayer {
  int64_t index;
  std::vector<Var> embeddings;  ///< [B, D] for each input column
};

/// What a loss sees of one batch of B rows.
struct LossBatch {
  std::span<const Var> embeddings;       ///< [B, D] for each input column
  std::span<const float> labels{};       ///< [B, labels_per_row()], row by row; empty where the rule says none
  std::span<const Tensor> guide{};       ///< [B, G] for each input column, made by guide(); empty without one
  std::span<const PriorLayer> layers{};  ///< those that prior_layers() asked for
  uint64_t seed = 0;                     ///< of this step, for losses that draw at random

  int64_t rows() const { return embeddings.front()->rows(); }
  int64_t labels_per_row() const { return static_cast<int64_t>(labels.size()) / rows(); }
};

/// A training loss on sentence embeddings: one matrix [B, D] for each input column, and labels -> a scalar.
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
  /// What the rule cannot say, such as how many labels go with how many texts. THROWS: invalid_argument.
  virtual void check_shape(size_t /*inputs*/, size_t /*labels_per_row*/) const {}
  /// Whether a batch of one row teaches anything: not where rows of a batch are compared, and no row has what it needs.
  virtual bool learns_from_one_row(size_t /*inputs*/) const { return true; }
  /// Called before training with the labels of all rows (numbers or classes; none if the rule says so): a loss may
  /// learn from them how large its head is. `seed`: of its initial weights.
  virtual void prepare(std::span<const float> /*labels*/, uint64_t /*seed*/) {}
  /// -> [1, 1]
  virtual Var forward(Execution& run, const LossBatch& batch) const = 0;
  /// What the loss itself learns (a classifier's head).
  virtual std::vector<ParameterPtr> parameters() const { return {}; }
  /// Whether it learns to tell classes, so that classify() gives the scores of each [rows, classes] for the embeddings
  /// of each input column. THROWS: invalid_argument if it does not, or not yet, or not for these columns.
  virtual bool classifies() const { return false; }
  virtual Embeddings classify(const std::vector<Embeddings>& columns) const;
  /// Whether embeddings may have another dimension than the model's, also after prepare().
  virtual bool takes_any_dimension() const { return true; }
  /// A model that embeds the batch, too; it is not trained.
  virtual const SentenceTransformer* guide() const { return nullptr; }
  /// Layers, of `layer_count`, whose embeddings the loss wants in this step: those that go into them (see
  /// nn::Features::layer_embeddings), as Python counts hidden states. Same arguments, same answer.
  virtual std::vector<int64_t> prior_layers(int64_t /*layer_count*/, uint64_t /*seed*/) const { return {}; }
  /// Whether prior_layers() ever asks for any.
  virtual bool needs_prior_layers() const { return false; }
};

}  // namespace losses
}  // namespace sbert
