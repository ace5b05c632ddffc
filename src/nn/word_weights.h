#pragma once

#include <map>
#include <string>
#include <vector>

#include "nn/module.h"

namespace sbert::nn {

/// Multiplies each token's embedding by the weight of its word (its idf, say); the sum of a text's weights is what
/// Pooling's means divide by. On disk: config.json with vocab (word i is token i), word_weights and
/// unknown_word_weight, and emb_layer.weight [vocab, 1].
///
/// Python writes emb_layer.weight but never reads it: what was trained is lost there when a model is loaded. Here it is
/// read, and trained weights are written to word_weights, too, so that Python has them.
class WordWeights : public Module {
 public:
  using Weights = std::map<std::string, double>;

  WordWeights(std::vector<std::string> vocabulary, Weights word_weights, double unknown_word_weight);
  static std::shared_ptr<WordWeights> from_config(const Json& config, const std::string& where);
  /// Of each word in the vocabulary the weight that word_weights has for it, else for it in lower case, else that of
  /// unknown words.
  void initialize();

  std::string type() const override { return "WordWeights"; }
  void forward(Execution& run, Features& features) const override;
  std::vector<ParameterPtr> parameters() const override { return {weights_}; }
  Dimensions dimensions(const Dimensions& input) const override;
  OrderedJson config() const override;

 private:
  double weight_of(const std::string& word) const;

  std::vector<std::string> vocabulary_;
  Weights word_weights_;
  double unknown_word_weight_;
  ParameterPtr weights_;
};

}  // namespace sbert::nn
