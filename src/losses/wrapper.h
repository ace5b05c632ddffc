#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sbert/losses.h>
#include <sbert/sentence_transformer.h>

#include "losses/loss.h"
#include "losses/options.h"

namespace sbert::losses {

/// A loss that computes another one on embeddings it has changed, and takes the same data.
class Wrapper : public LossFunction {
 public:
  explicit Wrapper(std::shared_ptr<LossFunction> inner) : inner_(std::move(inner)) {}

  ColumnRule columns() const override { return inner_->columns(); }
  void check_shape(size_t inputs, size_t labels_per_row) const override { inner_->check_shape(inputs, labels_per_row); }
  bool learns_from_one_row(size_t inputs) const override { return inner_->learns_from_one_row(inputs); }
  void prepare(std::span<const float> labels, uint64_t seed) override { inner_->prepare(labels, seed); }
  std::vector<ParameterPtr> parameters() const override { return inner_->parameters(); }
  bool classifies() const override { return inner_->classifies(); }
  Embeddings classify(const std::vector<Embeddings>& columns) const override { return inner_->classify(columns); }
  bool takes_any_dimension() const override { return inner_->takes_any_dimension(); }
  const SentenceTransformer* guide() const override { return inner_->guide(); }
  std::vector<int64_t> prior_layers(int64_t layer_count, uint64_t seed) const override {
    return inner_->prior_layers(layer_count, seed);
  }
  bool needs_prior_layers() const override { return inner_->needs_prior_layers(); }

 protected:
  const LossFunction& inner() const { return *inner_; }
  /// Its name, with its parameters if it has any.
  OrderedJson inner_config() const;

 private:
  std::shared_ptr<LossFunction> inner_;
};

/// The option `loss`: a name, or an object of name and parameters. THROWS: invalid_argument, if it is missing too.
Loss read_inner_loss(OptionReader& options, const SentenceTransformer& model);

/// `count` of 0 ... size - 1 in ascending order, drawn by `seed`; all of them if `count` is not between 1 and size - 1.
std::vector<int64_t> draw(int64_t size, int64_t count, uint64_t seed);

}  // namespace sbert::losses
