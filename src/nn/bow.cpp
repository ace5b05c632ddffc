#include "nn/bow.h"

#include <cmath>
#include <unordered_set>
#include <utility>

#include "base/fail.h"
#include "base/naming_file.h"
#include "text/python_string.h"

namespace sbert::nn {
namespace {

std::vector<std::string> without_repeats(const std::vector<std::string>& words) {
  std::vector<std::string> once;
  std::unordered_set<std::string_view> seen;
  for (const std::string& word : words) {
    if (seen.insert(word).second) once.push_back(word);
  }
  return once;
}

}  // namespace

BoW::BoW(const std::vector<std::string>& vocabulary, std::map<std::string, double> word_weights,
         const models::BoWOptions& options)
    : vocabulary_(without_repeats(vocabulary)),
      word_weights_(std::move(word_weights)),
      options_(options),
      tokenizer_(text::make_word_tokenizer(models::WhitespaceTokenizer{.stop_words = {}}, vocabulary_)) {
  if (vocabulary_.empty()) fail(ErrorCode::invalid_argument, "BoW needs a vocabulary of one word at least");
  for (const std::string& word : vocabulary_) {
    auto weight = word_weights_.find(word);
    if (weight == word_weights_.end()) weight = word_weights_.find(text::lower_case(word));
    const double value = weight != word_weights_.end() ? weight->second : options_.unknown_word_weight;
    weights_.push_back(static_cast<float>(value));
    if (!std::isfinite(weights_.back())) {
      fail(ErrorCode::invalid_argument, "BoW: the weight of '", word, "' is ", value);
    }
  }
}

std::shared_ptr<BoW> BoW::from_config(const Json& config, const std::string& where) {
  using Weights = std::map<std::string, double>;
  const models::BoWOptions options{
      .unknown_word_weight = json_value(config, "unknown_word_weight", 1.0, where),
      .cumulative_term_frequency = json_value(config, "cumulative_term_frequency", true, where)};
  const auto vocabulary = json_required<std::vector<std::string>>(config, "vocab", where);
  const auto weights = json_value<Weights>(config, "word_weights", {}, where);
  return naming_file(where, [&] { return std::make_shared<BoW>(vocabulary, weights, options); });
}

InputModule::Tokens BoW::tokenize(std::string_view text, bool) const {
  return {.ids = tokenizer_->tokenize(text)};
}

void BoW::set_max_seq_length(int64_t) {
  fail(ErrorCode::invalid_argument, "BoW reads texts of any length: it has no max_seq_length to set");
}

void BoW::forward(Execution&, Features& features) const {
  const PackedBatch& batch = features.batch;
  const Tensor counts = Tensor::zeros(batch.sequences(), static_cast<int64_t>(weights_.size()));
  for (int64_t i = 0; i < batch.sequences(); ++i) {
    auto* row = counts.row<float>(i);
    for (int64_t t = batch.begin(i); t < batch.begin(i) + batch.length(i); ++t) {
      const auto word = static_cast<size_t>(batch.ids[static_cast<size_t>(t)]);
      row[word] = (options_.cumulative_term_frequency ? row[word] : 0) + weights_[word];
    }
  }
  features.sentence_embedding = make_variable(counts);
}

Dimensions BoW::dimensions(const Dimensions&) const {
  return {.sentence = static_cast<int64_t>(weights_.size())};
}

OrderedJson BoW::config() const {
  return {{"vocab", vocabulary_},
          {"word_weights", word_weights_},
          {"unknown_word_weight", options_.unknown_word_weight},
          {"cumulative_term_frequency", options_.cumulative_term_frequency}};
}

}  // namespace sbert::nn
