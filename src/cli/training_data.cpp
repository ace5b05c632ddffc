#include "cli/training_data.h"

#include <algorithm>
#include <iterator>

#include "data/examples.h"

namespace sbert::cli {

namespace {

using Label = losses::ColumnRule::Label;

ExampleOptions example_options(const DataSettings& settings, const losses::LossFunction& loss, uint64_t seed) {
  ExampleOptions options{.table = table_options(settings.table)};
  options.rows.shape = settings.rows.value_or(options.rows.shape);
  options.rows.positives = settings.positives.value_or(options.rows.positives);
  options.rows.negatives = settings.negatives.value_or(options.rows.negatives);
  options.rows.negatives_each = settings.negatives_each.value_or(options.rows.negatives_each);
  options.rows.seed = seed;
  if (settings.classes) options.labels.classes = settings.classes->list;
  if (settings.classes || loss.columns().label == Label::class_number) options.labels.kind = LabelKind::classes;
  options.labels.skip_missing = !settings.unlabelled.value_or(true);
  return options;
}

}  // namespace

void set_defaults(DataSettings& settings, const DataSettings& defaults) {
  set_defaults(settings.table, defaults.table);
  set_default(settings.rows, defaults.rows);
  set_default(settings.positives, defaults.positives);
  set_default(settings.negatives, defaults.negatives);
  set_default(settings.negatives_each, defaults.negatives_each);
  set_default(settings.classes, defaults.classes);
  set_default(settings.unlabelled, defaults.unlabelled);
  set_default(settings.batch_size, defaults.batch_size);
  set_default(settings.shuffle, defaults.shuffle);
  set_default(settings.partial_batches, defaults.partial_batches);
  set_default(settings.batches, defaults.batches);
}

TrainingData read_training_data(const DataSettings& settings, const losses::LossFunction& loss, uint64_t seed) {
  const std::string file = table_file(settings.table);
  ExampleOptions options = example_options(settings, loss, seed);
  ExampleReader reader(file, options);
  options.labels = reader.labels();
  ColumnCheck check(loss);
  InputExample example;
  while (reader.next(example))
    check.add(example);
  std::vector<std::string> columns = reader.text_columns();
  std::vector<Finding> findings = ids_among_texts(columns);
  // Texts that one column, or all columns together, gave are not named after columns.
  const size_t texts = check.first().front().texts.size();
  const bool pairs = settings.rows == RowRules::Shape::pairs || (columns.size() == 1 && texts > 1);
  if (pairs || (settings.rows == RowRules::Shape::split && columns.size() > 1)) columns.clear();
  std::ranges::move(check.findings(columns, options.labels.classes), std::back_inserter(findings));
  const auto open = [file, options]() -> ExampleStream::Next {
    const auto again = std::make_shared<ExampleReader>(file, options);
    return [again](InputExample& next) { return again->next(next); };
  };
  return {.examples = ExampleStream(open),
          .count = check.count(),
          .first = check.first(),
          .columns = columns,
          .classes = options.labels.classes,
          .skipped_rows = reader.skipped_rows(),
          .findings = std::move(findings)};
}

DataLoaderOptions loader_options(const DataSettings& settings, const losses::LossFunction& loss) {
  DataLoaderOptions options;
  options.batch_size = settings.batch_size.value_or(options.batch_size);
  options.shuffle = settings.shuffle.value_or(options.shuffle);
  options.drop_last = !settings.partial_batches.value_or(true);
  const losses::ColumnRule rule = loss.columns();
  const bool compares_classes = rule.label == Label::class_number && rule.max_inputs == 1;
  options.batches = settings.batches.value_or(compares_classes ? BatchRule::group_by_label : BatchRule::any);
  return options;
}

}  // namespace sbert::cli
