#include "train/batches.h"

#include "base/fail.h"
#include "model/encode.h"

namespace sbert {
namespace {

void check_columns(const losses::LossFunction& loss, const InputExample& example) {
  const auto rule = loss.columns();
  const size_t inputs = example.texts.size();
  if (inputs < rule.min_inputs || inputs > rule.max_inputs) {
    fail(ErrorCode::invalid_argument, loss.name(), " takes the columns ", rule.description, "; the data has ", inputs,
         inputs == 1 ? " text" : " texts", " a row");
  }
  const bool wants_label = rule.label != losses::ColumnRule::Label::none;
  if (wants_label && !example.label) {
    fail(ErrorCode::invalid_argument, loss.name(), " takes the columns ", rule.description, "; the data has no label");
  }
  if (!wants_label && example.label) {
    fail(ErrorCode::invalid_argument, loss.name(), " takes the columns ", rule.description,
         "; the data has a label, which it would ignore: leave that column out");
  }
}

}  // namespace

ObjectiveBatches::ObjectiveBatches(const Objective& objective, const nn::InputModule& input, uint64_t seed)
    : loss_(objective.loss.implementation().get()),
      sampler_(make_sampler(objective.data, seed)),
      epoch_(sampler_->epoch(0)),
      inputs_(objective.data.examples().front().texts.size()) {
  const auto& examples = objective.data.examples();
  check_columns(*loss_, examples.front());
  if (epoch_.size() == 0) {
    fail(ErrorCode::invalid_argument, "the data has ", examples.size(), " rows, less than one batch of ",
         objective.data.options().batch_size, ": choose a smaller batch size");
  }
  std::vector<std::string> texts;
  texts.reserve(examples.size() * inputs_);
  for (const auto& example : examples) {
    texts.insert(texts.end(), example.texts.begin(), example.texts.end());
    if (example.label) labels_.push_back(*example.label);
  }
  ids_ = tokenize_all(input, texts, "");
}

TrainingBatch ObjectiveBatches::batch(size_t index) const {
  const auto rows = epoch_[index];
  TrainingBatch batch;
  batch.rows = static_cast<int64_t>(rows.size());
  for (size_t column = 0; column < inputs_; ++column) {
    for (const size_t row : rows)
      batch.packed.append(ids_[row * inputs_ + column]);
  }
  if (labels_.empty()) return batch;
  for (const size_t row : rows)
    batch.labels.push_back(labels_[row]);
  return batch;
}

}  // namespace sbert
