#include "train/batches.h"

#include <algorithm>
#include <bit>

#include "base/fail.h"
#include "data/column_checks.h"
#include "model/encode.h"

namespace sbert {

ObjectiveBatches::ObjectiveBatches(const Objective& objective, const nn::InputModule& input, uint64_t seed)
    : loss_(objective.loss.implementation().get()),
      weight_(objective.weight),
      batch_size_(objective.data.options().batch_size),
      sampler_(make_sampler(objective.data, seed)),
      epoch_(sampler_->epoch(0)),
      inputs_(objective.data.examples().front().texts.size()) {
  const auto& examples = objective.data.examples();
  throw_on_error(check_columns(examples, {}, *loss_), examples, {});
  if (!(weight_ > 0)) fail(ErrorCode::invalid_argument, "an objective's weight must be positive, not ", weight_);
  if (epoch_.size() == 0) {
    fail(ErrorCode::invalid_argument, "the data has ", examples.size(), " rows, less than one batch of ", batch_size_,
         ": choose a smaller batch size");
  }
  for (const auto& example : examples) {
    if (example.label) labels_.push_back(*example.label);
    labels_.insert(labels_.end(), example.labels.begin(), example.labels.end());
  }
  labels_per_row_ = labels_.size() / examples.size();
  objective.loss.implementation()->prepare(labels_, seed);
  tokenize(objective, input);
}

void ObjectiveBatches::tokenize(const Objective& objective, const nn::InputModule& input) {
  const auto& prompts = objective.prompts;
  if (!prompts.empty() && prompts.size() != 1 && prompts.size() != inputs_) {
    fail(ErrorCode::invalid_argument, "there are ", prompts.size(), " prompts for ", inputs_,
         " text columns: give one for each column, or one for all");
  }
  std::vector<std::string> texts;
  texts.reserve(objective.data.examples().size() * inputs_);
  for (const auto& example : objective.data.examples())
    texts.insert(texts.end(), example.texts.begin(), example.texts.end());
  // A guide has prompts of its own, if any.
  if (loss_->guide() != nullptr) guide_ids_ = tokenize_all(loss_->guide()->implementation().input(), texts, "");
  prompt_lengths_.resize(inputs_);
  for (size_t column = 0; column < inputs_ && !prompts.empty(); ++column) {
    const std::string& prompt = prompts[prompts.size() == 1 ? 0 : column];
    if (prompt.empty()) continue;
    prompt_lengths_[column] = input.prompt_length(prompt);
    for (size_t i = column; i < texts.size(); i += inputs_)
      texts[i].insert(0, prompt);
  }
  ids_ = tokenize_all(input, texts, "");
}

uint64_t ObjectiveBatches::fingerprint() const {
  uint64_t hash = 14695981039346656037U;  // FNV-1a, over whole numbers
  const auto add = [&hash](uint64_t value) { hash = (hash ^ value) * 1099511628211U; };
  for (const auto& ids : ids_) {
    add(ids.size());
    for (const int32_t id : ids)
      add(static_cast<uint64_t>(id));
  }
  for (const float label : labels_)
    add(std::bit_cast<uint32_t>(label));
  return hash;
}

std::vector<Tensor> ObjectiveBatches::embed_by_guide(std::span<const size_t> rows) const {
  std::vector<Tensor> columns;
  for (size_t column = 0; column < inputs_; ++column) {
    std::vector<std::vector<int32_t>> ids;
    for (const size_t row : rows)
      ids.push_back(guide_ids_[row * inputs_ + column]);
    const Embeddings embeddings = encode_tokens(loss_->guide()->implementation(), ids, 0, {});
    columns.push_back(
        Tensor::empty(static_cast<int64_t>(embeddings.rows()), static_cast<int64_t>(embeddings.dimension())));
    std::copy_n(embeddings.data(), columns.back().size(), columns.back().data<float>());
  }
  return columns;
}

TrainingBatch ObjectiveBatches::batch(size_t index) const {
  const auto rows = epoch_[index];
  TrainingBatch batch;
  batch.rows = static_cast<int64_t>(rows.size());
  for (size_t column = 0; column < inputs_; ++column) {
    for (const size_t row : rows)
      batch.packed.append(ids_[row * inputs_ + column], prompt_lengths_[column]);
  }
  if (loss_->guide() != nullptr) batch.guide = embed_by_guide(rows);
  for (const size_t row : rows) {
    const auto first = labels_.begin() + static_cast<ptrdiff_t>(row * labels_per_row_);
    batch.labels.insert(batch.labels.end(), first, first + static_cast<ptrdiff_t>(labels_per_row_));
  }
  return batch;
}

int64_t ObjectiveBatches::tokens(size_t index) const {
  size_t sum = 0;
  for (const size_t row : epoch_[index]) {
    for (size_t column = 0; column < inputs_; ++column)
      sum += ids_[row * inputs_ + column].size();
  }
  return static_cast<int64_t>(sum);
}

}  // namespace sbert
