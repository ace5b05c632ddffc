#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/fail.h"
#include "base/format.h"
#include "report/html.h"
#include "report/outcome.h"
#include "report/page.h"
#include "report/svg.h"
#include "report/text.h"

namespace sbert::report {
namespace {

constexpr size_t kClasses = 40;

std::string texts_table(const ObjectiveRecord& objective) {
  Table table({"column", "texts", "different", "tokens: least", "mean", "most", "cut off"}, {1, 2, 3, 4, 5, 6});
  for (const TextStatistics& column : objective.texts) {
    const std::string cut = concat(percent(column.truncation_rate()));
    table.add({foreign(column.column, 80), format_count(column.rows),
               concat(column.distinct_is_exact ? "" : "about ", format_count(column.distinct)),
               format_count(column.shortest), short_number(column.mean), format_count(column.longest),
               column.truncated == 0 ? cut : concat("<span class=\"bad\">", cut, "</span>")});
  }
  return table.html();
}

/// How many texts have how many tokens, and where the model stops reading.
std::string lengths_figure(const TextStatistics& column, uint64_t limit) {
  const Histogram& lengths = column.lengths;
  BarChart chart{.name = concat("tokens of ", column.column), .first = "", .last = "", .unit = "texts", .bars = {}};
  const auto width = static_cast<uint64_t>(lengths.width), begin = static_cast<uint64_t>(lengths.begin);
  for (size_t i = 0; i < lengths.counts.size(); ++i) {
    const uint64_t first = begin + i * width;
    chart.bars.push_back({width == 1 ? concat(first, " tokens") : concat(first, " to ", first + width - 1, " tokens"),
                          lengths.counts[i]});
  }
  const uint64_t end = begin + lengths.counts.size() * width;
  if (lengths.beyond != 0) chart.bars.push_back({concat(end, " tokens and more"), lengths.beyond});
  chart.first = concat(column.shortest, " tokens");
  chart.last = lengths.beyond != 0 ? concat("up to ", format_count(column.longest)) : format_count(column.longest);
  if (column.truncated != 0 && limit > begin && limit < end) {
    chart.marked = static_cast<double>(limit - begin + 1) / static_cast<double>(width);
    chart.mark = concat("read up to ", limit);
  }
  return figure(concat(foreign(column.column, 60), " <small>tokens a text</small>"), draw(chart));
}

std::string labels_figure(const LabelStatistics& labels) {
  BarChart chart{.name = "labels", .first = "", .last = "", .unit = "examples", .bars = {}};
  std::string caption = "labels";
  if (!labels.classes.empty()) {
    const size_t shown = std::min(kClasses, labels.classes.size());
    for (size_t i = 0; i < shown; ++i)
      chart.bars.push_back({shortened(labels.classes[i].first, 80), labels.classes[i].second});
    chart.first = shortened(labels.classes[0].first, 24);
    if (shown > 1) chart.last = shortened(labels.classes[shown - 1].first, 24);
    caption = concat("classes <small>", shown < labels.classes.size() ? concat("the first ", shown, " of ") : "",
                     labels.classes.size(), "</small>");
  } else {
    const Histogram& values = labels.values;
    for (size_t i = 0; i < values.counts.size(); ++i) {
      const double first = values.begin + static_cast<double>(i) * values.width;
      chart.bars.push_back({concat(short_number(first), " to ", short_number(first + values.width)), values.counts[i]});
    }
    chart.first = short_number(labels.smallest);
    if (labels.largest > labels.smallest) chart.last = short_number(labels.largest);
    caption = concat("labels <small>mean ", short_number(labels.mean), "</small>");
  }
  return figure(caption, draw(chart));
}

std::string rows_table(const ObjectiveRecord& objective) {
  const bool labelled = std::any_of(objective.samples.begin(), objective.samples.end(),
                                    [](const SampleRow& row) { return !row.label.empty(); });
  std::vector<std::string> header;
  for (const TextStatistics& column : objective.texts)
    header.push_back(foreign(column.column, 60));
  if (labelled) header.emplace_back("label");
  Table table(header);
  for (const SampleRow& row : objective.samples) {
    std::vector<std::string> cells;
    for (const std::string& text : row.texts)
      cells.push_back(foreign(text));
    if (labelled) cells.push_back(foreign(row.label, 60));
    table.add(cells);
  }
  return concat("<details><summary>rows of the data</summary>\n", table.html(), "</details>\n");
}

std::string objective_card(const ObjectiveRecord& objective, uint64_t limit) {
  std::string charts;
  for (const TextStatistics& column : objective.texts)
    charts += lengths_figure(column, limit);
  if (objective.labels) charts += labels_figure(*objective.labels);
  return concat("<div class=\"card\">\n<h3>", foreign(data_name(objective), 120), " <small>",
                format_count(objective.rows), " examples for ", escape(objective.loss), "</small></h3>\n",
                texts_table(objective), rows_table(objective),
                "</div>\n<div class=\"grid2\" style=\"margin:12px 0\">\n", charts, "</div>\n");
}

std::string modules_table(const ModelRecord& model) {
  Table table({"module", "configuration"});
  for (const auto& [type, config] : model.modules)
    table.add({escape(type), concat("<code>", foreign(value_text(config), 600), "</code>")});
  return table.html();
}

std::string objectives_table(const TrainingRecord& record) {
  Table table({"data", "loss", "options", "batch", "batches", "weight"}, {3, 5});
  for (const ObjectiveRecord& objective : record.objectives) {
    table.add({foreign(data_name(objective), 120), escape(objective.loss),
               concat("<code>", foreign(value_text(objective.loss_options), 600), "</code>"),
               format_count(objective.batch_size), escape(objective.batches), short_number(objective.weight)});
  }
  return table.html();
}

std::string hyperparameters_table(const TrainingRecord& record) {
  Table table({"setting", "value"});
  for (const Hyperparameter& parameter : record.hyperparameters) {
    table.add({escape(parameter.name), concat("<code>", foreign(value_text(parameter.value)), "</code>")},
              parameter.usual ? "" : "main");
  }
  return table.html();
}

std::string machine_table(const TrainingRecord& record) {
  Table table({});
  table.add({"CPU", escape(record.machine.cpu)});
  table.add({"kernels", escape(record.machine.instruction_set)});
  table.add({"threads", concat(record.machine.threads)});
  table.add({"precision", escape(record.precision)});
  table.add({"evaluations took", format_duration(record.evaluation_seconds)});
  table.add({"parameters", concat(format_count(record.model.parameters), ", trained ",
                                  format_count(record.model.trained_parameters))});
  for (const auto& [name, version] : record.versions)
    table.add({escape(name), escape(version)});
  return table.html();
}

std::string card(const std::string& title, const std::string& content) {
  return concat("<div class=\"card\">\n<h3>", title, "</h3>\n", content, "</div>\n");
}

}  // namespace

std::string data_section(const TrainingRecord& record) {
  std::string out;
  for (const ObjectiveRecord& objective : record.objectives)
    out += objective_card(objective, record.model.max_seq_length);
  const bool cut =
      std::any_of(record.objectives.begin(), record.objectives.end(), [](const ObjectiveRecord& objective) {
        return std::any_of(objective.texts.begin(), objective.texts.end(),
                           [](const TextStatistics& column) { return column.truncated != 0; });
      });
  if (cut) {
    out += concat("<p class=\"muted\">The model reads the first ", record.model.max_seq_length,
                  " tokens of a text (max_seq_length); what comes after them is cut off.</p>\n");
  }
  return section("data", "Data", out);
}

std::string settings_section(const TrainingRecord& record) {
  return section("settings", "Settings",
                 concat("<div class=\"grid2\">\n",
                        card("Options <small>those chosen in bold</small>", hyperparameters_table(record)), "<div>\n",
                        card("Machine", machine_table(record)), "</div>\n</div>\n<div style=\"height:12px\"></div>\n",
                        card("Objectives", objectives_table(record)), card("Model", modules_table(record.model))));
}

}  // namespace sbert::report
