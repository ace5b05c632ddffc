#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sbert/data.h>

#include "cli/tables.h"
#include "data/column_checks.h"
#include "data/row_rules.h"
#include "losses/loss.h"

namespace sbert::cli {

/// What is trained on: a table, how its rows become examples, and how those become batches.
struct DataSettings {
  TableSettings table{};
  std::optional<RowRules::Shape> rows{};
  std::optional<Choice> positives{}, negatives{};
  std::optional<uint64_t> negatives_each{};
  std::optional<Names> classes{};
  std::optional<bool> unlabelled{};
  std::optional<uint64_t> batch_size{};
  std::optional<bool> shuffle{}, partial_batches{};
  std::optional<BatchRule> batches{};
};

template <class Visit>
void visit_settings(DataSettings& settings, Visit&& visit) {
  visit_settings(settings.table, visit);
  visit("rows", "R", settings.rows,
        "columns (default): a text of each column makes an example; pairs: all texts of a row mean the same, as "
        "captions of a picture do; split: each text of a row is an example with the row's label");
  visit("positives", "W", settings.positives,
        "which of several in a list, and which pairs: first (default), random or all");
  visit("negatives", "W", settings.negatives, "the same for the third and later columns");
  visit("negatives_each", "N", settings.negatives_each, "negatives in one example, from a list; default: 1");
  visit("classes", "A,B,..", settings.classes,
        "for losses on classes: their names in the order of their numbers; default: those of the file, sorted");
  visit("unlabelled", "", settings.unlabelled,
        "leave out rows whose label is missing: empty, null or -; for classes, -1");
  visit("batch_size", "N", settings.batch_size, "rows a step; default: 16");
  visit("batches", "B", settings.batches,
        "any; no-duplicates: no text twice in a batch, best for MultipleNegativesRankingLoss; group-by-label: two or "
        "more of every class in it, the default for losses on texts with a class");
  visit("shuffle", "", settings.shuffle, "keep the order of the file");
  visit("partial_batches", "", settings.partial_batches, "leave out a last batch that is not full");
}

template <class T>
void set_default(std::optional<T>& field, const std::optional<T>& value) {
  if (!field) field = value;
}

/// What is empty in `settings` is taken from `defaults`.
void set_defaults(DataSettings& settings, const DataSettings& defaults);

/// What a look at all of the data found.
struct TrainingData {
  ExampleStream examples;
  size_t count;
  std::vector<InputExample> first;   ///< a few
  std::vector<std::string> columns;  ///< names of the texts; none where a row is a set of texts
  std::vector<std::string> classes;  ///< in the order of their numbers; empty if labels are numbers
  uint64_t skipped_rows;
  std::vector<Finding> findings;
};

/// Reads the data, keeping nothing of it, and looks whether it suits the loss. REQUIRES: settings.table.data.
TrainingData read_training_data(const DataSettings& settings, const losses::LossFunction& loss, uint64_t seed);

DataLoaderOptions loader_options(const DataSettings& settings, const losses::LossFunction& loss);

}  // namespace sbert::cli
