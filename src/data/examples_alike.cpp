#include "data/examples_alike.h"

#include "base/fail.h"

namespace sbert {

void ExamplesAlike::add(const InputExample& example) {
  const size_t index = count_++;
  if (index == 0) {
    check_first(example);
    texts_ = example.texts.size();
    labels_ = example.labels.size();
    labelled_ = example.label.has_value();
  }
  if (example.texts.size() != texts_) {
    fail(ErrorCode::invalid_argument, "DataLoader: example ", index, " has ", example.texts.size(),
         " texts, example 0 has ", texts_);
  }
  if (example.labels.size() != labels_) {
    fail(ErrorCode::invalid_argument, "DataLoader: example ", index, " has ", example.labels.size(),
         " labels, example 0 has ", labels_);
  }
  if (example.label.has_value() != labelled_) {
    fail(ErrorCode::invalid_argument, "DataLoader: example ", index, " has ", labelled_ ? "no label" : "a label",
         ", unlike example 0");
  }
}

void ExamplesAlike::check_first(const InputExample& example) const {
  if (example.texts.empty()) fail(ErrorCode::invalid_argument, "DataLoader: example 0 has no texts");
  if (options_.batches == BatchRule::group_by_label && !example.label) {
    fail(ErrorCode::invalid_argument, "DataLoader: batches grouped by label need labels");
  }
}

void ExamplesAlike::finish() const {
  if (count_ == 0) fail(ErrorCode::invalid_argument, "DataLoader: there are no examples");
  if (options_.drop_last && count_ < options_.batch_size) {
    fail(ErrorCode::invalid_argument, "DataLoader: ", count_, " examples do not fill one batch of ",
         options_.batch_size, " and drop_last leaves the rest out");
  }
}

}  // namespace sbert
