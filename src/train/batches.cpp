#include "train/batches.h"

#include <algorithm>

#include "base/fail.h"
#include "data/sampler.h"
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
      options_(objective.data.options()),
      seed_(seed),
      inputs_(objective.data.examples().front().texts.size()),
      batches_(objective.data.size()) {
  const auto& examples = objective.data.examples();
  check_columns(*loss_, examples.front());
  if (batches_ == 0) {
    fail(ErrorCode::invalid_argument, "the data has ", examples.size(), " rows, less than one batch of ",
         options_.batch_size, ": choose a smaller batch size");
  }
  std::vector<std::string> texts;
  texts.reserve(examples.size() * inputs_);
  for (const auto& example : examples) {
    texts.insert(texts.end(), example.texts.begin(), example.texts.end());
    if (example.label) labels_.push_back(*example.label);
  }
  ids_ = tokenize_all(input, texts, "");
}

void ObjectiveBatches::begin_epoch(uint64_t epoch) {
  order_ = data::epoch_order(ids_.size() / inputs_, options_.shuffle, seed_, epoch);
}

TrainingBatch ObjectiveBatches::batch(size_t index) const {
  const size_t begin = index * options_.batch_size;
  const size_t end = std::min(begin + options_.batch_size, order_.size());
  TrainingBatch batch;
  batch.rows = static_cast<int64_t>(end - begin);
  for (size_t column = 0; column < inputs_; ++column) {
    for (size_t i = begin; i < end; ++i)
      batch.packed.append(ids_[order_[i] * inputs_ + column]);
  }
  if (labels_.empty()) return batch;
  for (size_t i = begin; i < end; ++i)
    batch.labels.push_back(labels_[order_[i]]);
  return batch;
}

}  // namespace sbert
