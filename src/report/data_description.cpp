#include "report/data_description.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/fail.h"
#include "base/threads.h"
#include "losses/loss.h"
#include "text/utf8.h"

namespace sbert::report {
namespace {

constexpr size_t kKeptRows = 128;
constexpr size_t kKeptBytes = 20'000;  // of a text: more than a page, more than most models read
constexpr size_t kRows = 5;
constexpr size_t kPairs = 10;
constexpr size_t kPairsOfARow = 3;
constexpr size_t kLabels = 4;

std::string beginning(std::string_view text) {
  if (text.size() <= kKeptBytes) return std::string(text);
  return std::string(text.substr(0, text::previous_character(text, kKeptBytes)));
}

std::string describe(const DataLoaderOptions& options) {
  std::string text = options.batches == BatchRule::no_duplicates    ? "no text twice"
                     : options.batches == BatchRule::group_by_label ? "several of a class"
                                                                    : "any rows";
  return text + (options.shuffle ? ", shuffled" : ", in order") + (options.drop_last ? ", full ones only" : "");
}

}  // namespace

DataObserver::DataObserver(const Objective& objective, const nn::InputModule& input)
    : objective_(objective), input_(input), labels_(objective), kept_(kKeptRows) {}

std::string DataObserver::prompt(size_t column) const {
  const auto& prompts = objective_.prompts;
  if (prompts.empty()) return "";
  return prompts[prompts.size() == 1 ? 0 : column];
}

std::string DataObserver::task(size_t column) const {
  const auto& tasks = objective_.router_mapping;
  if (tasks.empty()) return "";
  return tasks[tasks.size() == 1 ? 0 : column];
}

std::string DataObserver::column_name(size_t column) const {
  const auto& names = objective_.description.columns;
  return column < names.size() ? names[column] : concat("sentence_", column);
}

/// Whole texts: those that fill the model's limit have to be tokenised once more.
std::vector<DataObserver::Length> DataObserver::measure(std::span<const std::string> texts,
                                                        std::span<const std::vector<int32_t>> ids) const {
  std::vector<Length> lengths(texts.size());
  parallel_for(static_cast<int64_t>(texts.size()), 256, [&](int64_t begin, int64_t end) {
    for (auto i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i) {
      lengths[i] = {.tokens = ids[i].size(), .truncated = false};
      const nn::InputModule& input = input_.reader(task(i % columns_.size()));
      const auto limit = static_cast<size_t>(input.max_seq_length());
      if (limit == 0 || ids[i].size() < limit) continue;
      lengths[i].truncated = input.tokenize(texts[i], true).truncated;
      if (lengths[i].truncated) lengths[i].tokens = input.tokenize(texts[i], false).ids.size();
    }
  });
  return lengths;
}

void DataObserver::add(std::span<const std::string> texts, std::span<const std::vector<int32_t>> ids,
                       std::span<const float> labels, size_t rows) {
  const size_t columns = texts.size() / rows, labels_each = labels.size() / rows;
  columns_.resize(columns);
  const std::vector<Length> lengths = measure(texts, ids);
  for (size_t row = 0; row < rows; ++row) {
    const auto text = [&](size_t column) {
      return std::string_view(texts[row * columns + column]).substr(prompt(column).size());
    };
    for (size_t column = 0; column < columns; ++column) {
      const Length& length = lengths[row * columns + column];
      columns_[column].add(text(column), length.tokens, length.truncated);
    }
    const auto own = labels.subspan(row * labels_each, labels_each);
    for (const float label : own)
      labels_.add(label);
    kept_.add([&] {
      Row kept{.texts = {}, .labels = {own.begin(), own.end()}};
      for (size_t column = 0; column < columns; ++column)
        kept.texts.push_back(beginning(text(column)));
      return kept;
    });
  }
  rows_ += rows;
}

std::string DataObserver::label_text(const Row& row) const {
  std::string text;
  for (size_t i = 0; i < std::min(kLabels, row.labels.size()); ++i)
    text += (i == 0 ? "" : ", ") + label_name(objective_, row.labels[i]);
  return row.labels.size() > kLabels ? text + ", \u2026" : text;
}

std::vector<SampleRow> DataObserver::choose_rows() const {
  std::vector<SampleRow> rows;
  for (const size_t i : spread_indices(kept_.kept().size(), kRows)) {
    const Row& row = kept_.kept()[i];
    rows.push_back({.texts = row.texts, .label = label_text(row)});
  }
  return rows;
}

ScoredPair DataObserver::make_pair(const Row& a, const Row& b, size_t column, std::string relation) const {
  return {.first = a.texts[0],
          .second = b.texts[column],
          .prompt_first = prompt(0),
          .prompt_second = prompt(column),
          .task_first = task(0),
          .task_second = task(column),
          .relation = std::move(relation)};
}

/// Of texts with a class: each with the next one of its class, and with the next one of another.
std::vector<ScoredPair> DataObserver::pair_rows() const {
  const std::vector<Row>& rows = kept_.kept();
  const auto next = [&](size_t from, bool same_class) -> std::optional<size_t> {
    for (size_t step = 1; step < rows.size(); ++step) {
      const size_t other = (from + step) % rows.size();
      if ((rows[other].labels == rows[from].labels) == same_class) return other;
    }
    return std::nullopt;
  };
  std::vector<ScoredPair> pairs;
  for (const size_t from : spread_indices(rows.size(), kPairs / 2)) {
    const std::string label = label_text(rows[from]);
    if (const auto other = next(from, true)) pairs.push_back(make_pair(rows[from], rows[*other], 0, label));
    if (const auto other = next(from, false)) {
      pairs.push_back(make_pair(rows[from], rows[*other], 0, concat(label, " / ", label_text(rows[*other]))));
    }
  }
  return pairs;
}

std::vector<ScoredPair> DataObserver::choose_pairs() const {
  if (columns_.size() == 1) return pair_rows();
  const size_t of_a_row = std::min(columns_.size() - 1, kPairsOfARow);
  std::vector<ScoredPair> pairs;
  for (const size_t i : spread_indices(kept_.kept().size(), kPairs / of_a_row)) {
    const Row& row = kept_.kept()[i];
    for (size_t column = 1; column <= of_a_row; ++column) {
      pairs.push_back(make_pair(row, row, column, row.labels.size() == 1 ? label_text(row) : column_name(column)));
    }
  }
  return pairs;
}

ObjectiveRecord DataObserver::finish() {
  const losses::LossFunction& loss = *objective_.loss.implementation();
  ObjectiveRecord record{.data = objective_.description.name,
                         .dataset = objective_.description.dataset,
                         .revision = objective_.description.revision,
                         .languages = objective_.description.languages,
                         .loss = loss.name(),
                         .loss_options = loss.config(),
                         .weight = objective_.weight,
                         .batch_size = objective_.data.options().batch_size,
                         .batches = describe(objective_.data.options()),
                         .rows = rows_};
  for (size_t column = 0; column < columns_.size(); ++column) {
    const auto limit = static_cast<uint64_t>(input_.reader(task(column)).max_seq_length());
    record.texts.push_back(columns_[column].finish(column_name(column), limit));
  }
  record.labels = labels_.finish();
  record.samples = choose_rows();
  record.pairs = choose_pairs();
  return record;
}

}  // namespace sbert::report
