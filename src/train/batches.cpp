#include "train/batches.h"

#include <algorithm>

#include "base/fail.h"
#include "model/encode.h"

namespace sbert {

ObjectiveBatches::ObjectiveBatches(const Objective& objective, const nn::InputModule& input, const FitOptions& options,
                                   report::DataObserver* observer)
    : loss_(objective.loss.implementation().get()),
      weight_(objective.weight),
      batch_size_(objective.data.options().batch_size) {
  if (!(weight_ > 0)) fail(ErrorCode::invalid_argument, "an objective's weight must be positive, not ", weight_);
  SamplerKeys keys;
  examples_ = std::make_unique<TokenizedExamples>(objective, input, options, keys, observer);
  sampler_ = make_sampler(objective.data.options(), std::move(keys), options.seed);
  epoch_ = sampler_->epoch(0);
  if (epoch_.size() == 0) {
    fail(ErrorCode::invalid_argument, "the data has ", examples_->rows(), " rows, less than one batch of ", batch_size_,
         ": choose a smaller batch size");
  }
  if (std::min(batch_size_, examples_->rows()) == 1 && !loss_->learns_from_one_row(examples_->inputs())) {
    fail(ErrorCode::invalid_argument, loss_->name(),
         " compares the rows of a batch, and learns nothing from batches of ",
         "one: ", batch_size_ == 1 ? "choose a larger batch size" : "the data has only one row");
  }
  objective.loss.implementation()->prepare(examples_->labels(), options.seed);
}

std::vector<Tensor> ObjectiveBatches::embed_by_guide(std::span<const TokenStore::Row> rows) const {
  const size_t inputs = examples_->inputs();
  std::vector<Tensor> columns;
  for (size_t column = 0; column < inputs; ++column) {
    std::vector<std::vector<int32_t>> ids;
    for (const TokenStore::Row& row : rows)
      ids.push_back(row.ids[inputs + column]);
    const Embeddings embeddings = encode_tokens(loss_->guide()->implementation(), ids, 0, {});
    columns.push_back(
        Tensor::empty(static_cast<int64_t>(embeddings.rows()), static_cast<int64_t>(embeddings.dimension())));
    std::copy_n(embeddings.data(), columns.back().size(), columns.back().data<float>());
  }
  return columns;
}

TrainingBatch ObjectiveBatches::batch(size_t index) const {
  std::vector<TokenStore::Row> rows;
  for (const uint32_t row : epoch_[index])
    rows.push_back((*examples_)[row]);
  TrainingBatch batch;
  batch.rows = static_cast<int64_t>(rows.size());
  for (size_t column = 0; column < examples_->inputs(); ++column) {
    for (const TokenStore::Row& row : rows)
      batch.packed.append(row.ids[column], examples_->prompt_length(column), examples_->tasks()[column]);
  }
  if (loss_->guide() != nullptr) batch.guide = embed_by_guide(rows);
  for (const TokenStore::Row& row : rows)
    batch.labels.insert(batch.labels.end(), row.labels.begin(), row.labels.end());
  return batch;
}

int64_t ObjectiveBatches::tokens(size_t index) const {
  size_t sum = 0;
  for (const uint32_t row : epoch_[index]) {
    const TokenStore::Row example = (*examples_)[row];
    for (size_t column = 0; column < examples_->inputs(); ++column)
      sum += example.ids[column].size();
  }
  return static_cast<int64_t>(sum);
}

}  // namespace sbert
