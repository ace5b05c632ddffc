#include "nn/word_weights.h"

#include <algorithm>
#include <utility>

#include "base/fail.h"
#include "nn/feature_name.h"
#include "tensor/ops/embedding.h"
#include "tensor/ops/token_weights.h"
#include "text/python_string.h"

namespace sbert::nn {

WordWeights::WordWeights(std::vector<std::string> vocabulary, Weights word_weights, double unknown_word_weight)
    : vocabulary_(std::move(vocabulary)),
      word_weights_(std::move(word_weights)),
      unknown_word_weight_(unknown_word_weight) {
  if (vocabulary_.empty()) fail(ErrorCode::invalid_argument, "WordWeights: the vocabulary is empty");
  weights_ = make_embedding({"emb_layer.weight", {static_cast<int64_t>(vocabulary_.size()), 1}});
}

std::shared_ptr<WordWeights> WordWeights::from_config(const Json& config, const std::string& where) {
  auto vocabulary = json_required<std::vector<std::string>>(config, "vocab", where);
  if (vocabulary.empty()) fail(ErrorCode::corrupt_data, where, ": 'vocab' is empty");
  return std::make_shared<WordWeights>(std::move(vocabulary), json_required<Weights>(config, "word_weights", where),
                                       json_value<double>(config, "unknown_word_weight", 1, where));
}

double WordWeights::weight_of(const std::string& word) const {
  auto found = word_weights_.find(word);
  if (found == word_weights_.end()) found = word_weights_.find(text::lower_case(word));
  return found == word_weights_.end() ? unknown_word_weight_ : found->second;
}

void WordWeights::initialize() {
  weights_->value = Tensor::empty(static_cast<int64_t>(vocabulary_.size()), 1);
  std::transform(vocabulary_.begin(), vocabulary_.end(), weights_->value.data<float>(),
                 [this](const std::string& word) { return static_cast<float>(weight_of(word)); });
}

void WordWeights::forward(Execution& run, Features& features) const {
  const auto& ids = features.batch.ids;
  if (const auto largest = std::max_element(ids.begin(), ids.end());
      largest != ids.end() && *largest >= static_cast<int32_t>(vocabulary_.size())) {
    fail(ErrorCode::invalid_argument, "WordWeights has a vocabulary of ", vocabulary_.size(),
         " words, but the tokenizer made token ", *largest);
  }
  const Var weights = embedding_sum(run, {{.table = weights_, .ids = ids}});
  features.token_embeddings = scale_rows(run, features.token_embeddings, weights);
  features.token_weights_sum = sum_sequences(run, weights, features.batch);
}

Dimensions WordWeights::dimensions(const Dimensions& input) const {
  check_input(*this, FeatureName::token_embeddings, input);
  return input;
}

OrderedJson WordWeights::config() const {
  const float* values = weights_->value.data<float>();
  const auto untrained = [&](size_t i) { return values[i] == static_cast<float>(weight_of(vocabulary_[i])); };
  bool trained = false;
  for (size_t i = 0; i < vocabulary_.size() && !trained; ++i)
    trained = !untrained(i);
  Weights words = word_weights_;
  // All of them: a word that is not listed would take the new weight of its lower case.
  for (size_t i = 0; i < vocabulary_.size() && trained; ++i)
    words[vocabulary_[i]] = untrained(i) ? weight_of(vocabulary_[i]) : static_cast<double>(values[i]);
  return {{"vocab", vocabulary_}, {"word_weights", words}, {"unknown_word_weight", unknown_word_weight_}};
}

}  // namespace sbert::nn
