#include "train/tokenized_examples.h"

#include <functional>
#include <string_view>

#include "base/fail.h"
#include "data/column_checks.h"
#include "data/examples_alike.h"
#include "losses/loss.h"
#include "model/encode.h"

namespace sbert {
namespace {

/// Enough to keep all threads busy.
constexpr size_t kRowsAtOnce = 4096;

/// One of `values` for each column: they are so many, or one for all, or none.
std::vector<std::string> for_each_column(const std::vector<std::string>& values, size_t columns, const char* what) {
  if (values.size() > 1 && values.size() != columns) {
    fail(ErrorCode::invalid_argument, "there are ", values.size(), " ", what, " for ", columns,
         " text columns: give one for each column, or one for all");
  }
  if (values.size() == columns) return values;
  return std::vector<std::string>(columns, values.empty() ? "" : values.front());
}

}  // namespace

/// Examples that are tokenised together.
struct TokenizedExamples::Chunk {
  std::vector<std::string> texts;  ///< [rows, inputs]
  std::vector<float> labels;       ///< [rows, labels a row]
  size_t rows = 0;
};

TokenizedExamples::TokenizedExamples(const Objective& objective, const nn::InputModule& input,
                                     const FitOptions& options, SamplerKeys& keys, report::DataObserver* observer)
    : observer_(observer), store_(options.temporary_directory) {
  const bool hashes = objective.data.options().batches == BatchRule::no_duplicates;
  ExamplesAlike alike(objective.data.options());
  ColumnCheck check(*objective.loss.implementation());
  const SentenceTransformer* guide = objective.loss.implementation()->guide();
  Chunk chunk;
  for (const InputExample& example : objective.data.examples()) {
    alike.add(example);
    if (inputs_ == 0) set_columns(example.texts.size(), objective, input);
    check.add(example);
    for (const std::string& text : example.texts) {
      if (hashes) keys.hashes.push_back(std::hash<std::string_view>{}(text));
      if (objective.data.examples().in_memory()) text_bytes_ += sizeof text + text.size();
      chunk.texts.push_back(text);
    }
    if (example.label) chunk.labels.push_back(*example.label);
    chunk.labels.insert(chunk.labels.end(), example.labels.begin(), example.labels.end());
    if (++chunk.rows < kRowsAtOnce) continue;
    add(chunk, guide);
    chunk = {};
    if (options.stop != nullptr && options.stop->load()) {
      fail(ErrorCode::cancelled, "stopped before the first step, while reading the data");
    }
    if (options.progress) {
      options.progress({.stage = "tokenize", .done = rows(), .total = 0, .unit = "examples", .detail = ""});
    }
  }
  alike.finish();
  throw_on_error(check.findings({}), check.first(), {});
  if (chunk.rows > 0) add(chunk, guide);
  keys.examples = rows();
  keys.columns = inputs_;
  keys.labels = labels_;
}

void TokenizedExamples::set_columns(size_t count, const Objective& objective, const nn::InputModule& input) {
  inputs_ = count;
  tasks_ = for_each_column(objective.router_mapping, count, "tasks");
  prompts_ = for_each_column(objective.prompts, count, "prompts");
  for (size_t column = 0; column < count; ++column) {
    readers_.push_back(&input.reader(tasks_[column]));
    const std::string& prompt = prompts_[column];
    prompt_lengths_.push_back(prompt.empty() ? 0 : readers_[column]->prompt_length(prompt));
  }
}

void TokenizedExamples::add(Chunk& chunk, const SentenceTransformer* guide) {
  // A guide has prompts of its own, if any.
  std::vector<std::vector<int32_t>> of_guide;
  if (guide != nullptr) {
    const nn::InputModule* const readers[] = {&guide->implementation().input().reader("")};
    of_guide = tokenize_all(readers, chunk.texts, "");
  }
  for (size_t i = 0; i < chunk.texts.size(); ++i)
    chunk.texts[i].insert(0, prompts_[i % inputs_]);
  const std::vector<std::vector<int32_t>> ids = tokenize_all(readers_, chunk.texts, "");
  if (observer_ != nullptr) observer_->add(chunk.texts, ids, chunk.labels, chunk.rows);

  const std::span<const float> labels = chunk.labels;
  const size_t labels_each = labels.size() / chunk.rows;
  std::vector<std::span<const int32_t>> row;
  for (size_t i = 0; i < chunk.rows; ++i) {
    row.assign(ids.begin() + i * inputs_, ids.begin() + (i + 1) * inputs_);
    for (const auto& sequence : row)
      ++lengths_[sequence.size()];
    if (guide != nullptr) row.insert(row.end(), of_guide.begin() + i * inputs_, of_guide.begin() + (i + 1) * inputs_);
    store_.add(row, labels.subspan(i * labels_each, labels_each));
  }
  if (labels_each == 1) labels_.insert(labels_.end(), labels.begin(), labels.end());
}

uint64_t TokenizedExamples::bytes_in_memory() const {
  return store_.bytes_in_memory() + labels_.capacity() * sizeof(float) + text_bytes_;
}

}  // namespace sbert
