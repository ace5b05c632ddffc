#include <sbert/data.h>

#include "base/fail.h"

namespace sbert {

DataLoader::DataLoader(std::vector<InputExample> examples, const DataLoaderOptions& options)
    : examples_(std::move(examples)), options_(options) {
  if (options_.batch_size == 0) fail(ErrorCode::invalid_argument, "DataLoader: batch_size must be at least 1");
  if (examples_.empty()) fail(ErrorCode::invalid_argument, "DataLoader: there are no examples");
  if (options_.drop_last && examples_.size() < options_.batch_size) {
    fail(ErrorCode::invalid_argument, "DataLoader: ", examples_.size(), " examples do not fill one batch of ",
         options_.batch_size, " and drop_last leaves the rest out");
  }
  const InputExample& first = examples_.front();
  if (first.texts.empty()) fail(ErrorCode::invalid_argument, "DataLoader: example 0 has no texts");
  for (size_t i = 1; i < examples_.size(); ++i) {
    if (examples_[i].texts.size() != first.texts.size()) {
      fail(ErrorCode::invalid_argument, "DataLoader: example ", i, " has ", examples_[i].texts.size(),
           " texts, example 0 has ", first.texts.size());
    }
    if (examples_[i].labels.size() != first.labels.size()) {
      fail(ErrorCode::invalid_argument, "DataLoader: example ", i, " has ", examples_[i].labels.size(),
           " labels, example 0 has ", first.labels.size());
    }
    if (examples_[i].label.has_value() != first.label.has_value()) {
      fail(ErrorCode::invalid_argument, "DataLoader: example ", i, " has ",
           first.label.has_value() ? "no label" : "a label", ", unlike example 0");
    }
  }
  if (options_.batches != BatchRule::group_by_label) return;
  if (!first.label) fail(ErrorCode::invalid_argument, "DataLoader: batches grouped by label need labels");
  if (options_.batch_size < 4 || options_.batch_size % 2 == 1) {
    fail(ErrorCode::invalid_argument,
         "DataLoader: batches grouped by label hold pairs of at least two labels, so "
         "batch_size must be even and at least 4, not ",
         options_.batch_size);
  }
}

size_t DataLoader::size() const {
  const size_t full = examples_.size() / options_.batch_size;
  const bool rest = examples_.size() % options_.batch_size != 0;
  return full + (rest && !options_.drop_last ? 1 : 0);
}

}  // namespace sbert
