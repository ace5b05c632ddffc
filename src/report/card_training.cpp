#include <algorithm>
#include <cmath>
#include <map>

#include "base/fail.h"
#include "base/format.h"
#include "report/card.h"
#include "report/markdown.h"
#include "report/outcome.h"
#include "report/text.h"

namespace sbert::report {
namespace {

constexpr size_t kLogRows = 20, kFoldedRows = 40, kSamples = 3, kClasses = 12;

std::string statistics_table(const ObjectiveRecord& objective) {
  MarkdownTable table({"column", "different texts", "tokens: least", "mean", "most", "cut off"}, {1, 2, 3, 4, 5});
  for (const TextStatistics& column : objective.texts) {
    table.add({plain_markdown(column.column, 80),
               concat(column.distinct_is_exact ? "" : "about ", format_count(column.distinct)),
               format_count(column.shortest), short_number(column.mean), format_count(column.longest),
               percent(column.truncation_rate())});
  }
  return table.text();
}

std::string labels_line(const LabelStatistics& labels) {
  if (labels.classes.empty()) {
    return concat("- Labels: ", short_number(labels.smallest), " to ", short_number(labels.largest), ", mean ",
                  short_number(labels.mean), "\n");
  }
  std::string text = concat("- Labels: ", labels.classes.size(), labels.classes.size() == 1 ? " class" : " classes");
  for (size_t i = 0; i < std::min(kClasses, labels.classes.size()); ++i) {
    const auto& [name, count] = labels.classes[i];
    const double part = static_cast<double>(count) / static_cast<double>(std::max<uint64_t>(1, labels.labels));
    text += concat(i == 0 ? ": " : ", ", plain_markdown(name, 60), " ", percent(part));
  }
  return text + (labels.classes.size() > kClasses ? ", \u2026\n" : "\n");
}

std::string samples_table(const ObjectiveRecord& objective) {
  const bool labelled = std::any_of(objective.samples.begin(), objective.samples.end(),
                                    [](const SampleRow& row) { return !row.label.empty(); });
  std::vector<std::string> header;
  for (const TextStatistics& column : objective.texts)
    header.push_back(plain_markdown(column.column, 60));
  if (labelled) header.emplace_back("label");
  MarkdownTable table(header, {});
  for (size_t i = 0; i < std::min(kSamples, objective.samples.size()); ++i) {
    std::vector<std::string> cells;
    for (const std::string& text : objective.samples[i].texts)
      cells.push_back(markdown_code(text));
    if (labelled) cells.push_back(markdown_code(objective.samples[i].label, 60));
    table.add(cells);
  }
  return table.text();
}

std::string options_list(const TrainingRecord& record, bool all) {
  std::string text;
  for (const Hyperparameter& parameter : record.hyperparameters) {
    if (all || !parameter.usual)
      text += concat("- ", plain_markdown(parameter.name), ": ", markdown_code(value_text(parameter.value)), "\n");
  }
  return text;
}

/// The mean loss since the row before, and what was measured then.
std::string log_table(const TrainingRecord& record) {
  struct Row {
    double epoch = 0;
    double loss = std::nan(""), metric = std::nan("");
  };
  std::map<uint64_t, Row> rows;
  for (const CurvePoint& point : some_points(record.curve, kLogRows)) {
    Row& row = rows[point.last_step];
    row.epoch = point.epoch;
    row.loss = point.loss.value();
  }
  const auto evaluations = some_evaluations(record, kLogRows);
  for (const EvaluationReport* evaluation : evaluations) {
    Row& row = rows[evaluation->step];
    row.epoch = evaluation->epoch;
    row.metric = evaluation->result.primary_value();
  }
  std::vector<std::string> header{"epoch", "step", "loss"};
  if (!evaluations.empty()) header.push_back(plain_markdown(evaluations.front()->result.primary));
  MarkdownTable table(header, {0, 1, 2, 3});
  for (const auto& [step, row] : rows) {
    std::vector<std::string> cells{short_number(row.epoch), format_count(step), metric_number(row.loss)};
    if (!evaluations.empty()) cells.push_back(metric_number(row.metric));
    table.add(cells, step == record.kept_step);
  }
  if (rows.empty()) return "";
  const std::string note = record.kept_step ? "\nThe bold row is the model that was kept.\n" : "";
  return concat("### Log\n\n", rows.size() > kFoldedRows ? folded("all rows", table.text()) : table.text(), note, "\n");
}

std::string dataset_line(const ObjectiveRecord& objective) {
  if (objective.dataset.empty()) return "";
  const std::string name = plain_markdown(objective.dataset);
  const std::string revision = objective.revision.empty() ? "" : " at revision " + plain_markdown(objective.revision);
  return concat("- Data set: [", name, "](https://huggingface.co/datasets/", objective.dataset, ")", revision, "\n");
}

}  // namespace

std::string card_training_data(const TrainingRecord& record) {
  std::string out;
  for (const ObjectiveRecord& objective : record.objectives) {
    out += concat("### Data: ", plain_markdown(data_name(objective), 100), "\n\n", dataset_line(objective),
                  "- Examples: ", format_count(objective.rows), "\n",
                  objective.labels ? labels_line(*objective.labels) : "", "- Loss: [`", objective.loss,
                  "`](https://sbert.net/docs/package_reference/sentence_transformer/losses.html), batches of ",
                  objective.batch_size, " (", objective.batches, ")",
                  record.objectives.size() > 1 ? concat(", weight ", short_number(objective.weight)) : "",
                  objective.loss_options.empty()
                      ? "\n\n"
                      : ", with\n\n" +
                            code_block("json", objective.loss_options.dump(2, ' ', false,
                                                                           OrderedJson::error_handler_t::replace)) +
                            "\n",
                  statistics_table(objective), "\n", samples_table(objective), "\n");
  }
  return out;
}

std::string card_training(const TrainingRecord& record) {
  const std::string chosen = options_list(record, false);
  return concat("### Options\n\n", chosen.empty() ? "" : "Chosen, not the default:\n\n" + chosen + "\n",
                folded("all options", options_list(record, true)), "\n", log_table(record));
}

}  // namespace sbert::report
