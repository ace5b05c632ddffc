#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "base/fail.h"
#include "base/format.h"
#include "report/html.h"
#include "report/outcome.h"
#include "report/page.h"
#include "report/svg.h"
#include "report/text.h"

namespace sbert::report {
namespace {

constexpr size_t kChartPoints = 400, kEvaluations = 200;
constexpr size_t kCharacters = 200;  // of a sample text

/// Larger is better of all metrics but this kind, which is neither.
bool has_direction(const std::string& metric) {
  return metric.find("threshold") == std::string::npos;
}

std::string change(const std::string& metric, double before, double after) {
  const double difference = after - before;
  const bool colored = has_direction(metric) && std::fabs(difference) >= 5e-5;
  return concat("<span class=\"",
                !colored         ? "muted"
                : difference > 0 ? "good"
                                 : "bad",
                "\">", signed_number(difference), "</span>");
}

std::vector<double> course(const TrainingRecord& record, const std::string& metric) {
  std::vector<double> values;
  for (const EvaluationReport* evaluation : some_evaluations(record, kEvaluations))
    values.push_back(metric_of(*evaluation, metric));
  return values;
}

std::string color_key(const LineChart& chart) {
  if (chart.series.size() < 2) return "";
  std::string keys;
  for (size_t i = 0; i < chart.series.size(); ++i)
    keys += concat("<span class=\"s", i % kColors, "\"><i></i>", foreign(chart.series[i].name, 60), "</span>");
  return concat("<div class=\"keys\">", keys, "</div>");
}

std::string chart_figure(const std::string& caption, const LineChart& chart) {
  return figure(caption + color_key(chart), draw(chart));
}

/// The mean of what is around each value: what a noisy line says.
std::vector<double> smoothed(const std::vector<double>& values) {
  const size_t reach = values.size() / 40;
  std::vector<double> smooth;
  for (size_t i = 0; i < values.size(); ++i) {
    Mean mean;
    for (size_t k = i - std::min(i, reach); k <= std::min(i + reach, values.size() - 1); ++k)
      mean.add(values[k]);
    smooth.push_back(mean.value());
  }
  return smooth;
}

/// One value of each point over the steps; values that steps share are drawn smooth, what they are in truth behind.
template <class Value>
Series series(const std::string& name, const std::vector<CurvePoint>& points, const Value& value, bool noisy) {
  Series out{.name = name, .x = {}, .y = {}};
  for (const CurvePoint& point : points) {
    const double y = value(point);
    // Where objectives take turns, a step has a loss of some of them only.
    if (std::isnan(y)) continue;
    out.x.push_back(static_cast<double>(point.last_step));
    out.y.push_back(y);
  }
  if (noisy) out.faint = std::exchange(out.y, smoothed(out.y));
  return out;
}

std::string loss_figure(const TrainingRecord& record, const std::vector<CurvePoint>& points) {
  LineChart chart{.name = "loss over the steps", .x_name = "step", .series = {}};
  if (record.objectives.size() == 1) {
    chart.series.push_back(series(
        "loss", points, [](const CurvePoint& point) { return point.loss.value(); }, true));
    if (points.front().steps() > 1) {
      for (const CurvePoint& point : points) {
        if (point.loss.count == 0) continue;
        chart.series[0].low.push_back(point.lowest_loss);
        chart.series[0].high.push_back(point.highest_loss);
      }
    }
  } else {
    for (size_t i = 0; i < record.objectives.size(); ++i) {
      const ObjectiveRecord& objective = record.objectives[i];
      chart.series.push_back(series(
          concat(objective.loss, ", ", data_name(objective)), points,
          [i](const CurvePoint& point) { return i < point.losses.size() ? point.losses[i].value() : std::nan(""); },
          true));
    }
  }
  return chart_figure("Loss", chart);
}

std::string metric_figure(const TrainingRecord& record) {
  if (record.evaluations.size() < 2) return "";
  const std::string& name = record.evaluations.back().result.primary;
  LineChart chart{.name = name + " over the steps", .x_name = "step", .series = {{.name = name, .x = {}, .y = {}}}};
  for (const EvaluationReport* evaluation : some_evaluations(record, kEvaluations)) {
    chart.series[0].x.push_back(static_cast<double>(evaluation->step));
    chart.series[0].y.push_back(metric_of(*evaluation, name));
  }
  chart.dots = chart.series[0].x.size() <= 60;
  if (record.kept_step) {
    chart.marked_x = static_cast<double>(*record.kept_step);
    chart.mark = "best, kept";
  }
  return chart_figure(escape(name), chart);
}

std::string score_cell(double score, bool with_bar) {
  if (std::isnan(score)) return metric_number(score);
  const double part = std::clamp(score, 0.0, 1.0);
  return concat("<span class=\"score\">", metric_number(score),
                with_bar ? concat("<i><i style=\"width:", std::lround(100 * part), "%\"></i></i>") : "", "</span>");
}

std::string pairs_table(const ObjectiveRecord& objective, bool with_bars) {
  Table table({"text", "compared with", "the data says", "before", "after", "change"}, {3, 4, 5});
  for (const ScoredPair& pair : objective.pairs) {
    table.add({foreign(pair.first, kCharacters), foreign(pair.second, kCharacters), foreign(pair.relation, 60),
               score_cell(pair.before, with_bars), score_cell(pair.after, with_bars),
               concat("<span class=\"muted\">", signed_number(pair.after - pair.before), "</span>")});
  }
  return table.html();
}

}  // namespace

std::string results_section(const TrainingRecord& record) {
  const auto& [before_training, after_training] = std::tie(record.result.before, record.result.after);
  const auto& shown = after_training ? after_training : before_training;
  if (!shown) return "";
  Table table({"metric", "before", "after", "change", "course"}, {1, 2, 3});
  for (const std::string& name : metric_names(*shown)) {
    const double before = metric_of(before_training, name), after = metric_of(after_training, name);
    table.add({escape(name), metric_number(before), metric_number(after), change(name, before, after),
               draw_sparkline(course(record, name))},
              name == shown->result.primary ? "main" : "");
  }
  std::string note;
  if (record.kept_step) {
    note = concat("<p class=\"muted\">The model is that of step ", format_count(*record.kept_step), ", the best of ",
                  record.evaluations.size(), " evaluations.</p>\n");
  }
  return section("results", "What was gained",
                 concat("<div class=\"card results\">\n", table.html(), "</div>\n", note));
}

std::string curves_section(const TrainingRecord& record) {
  const std::vector<CurvePoint> points = some_points(record.curve, kChartPoints);
  if (points.empty()) return "";
  const auto one = [&](const std::string& name, const auto& value, bool noisy) {
    return chart_figure(
        name, {.name = name + " over the steps", .x_name = "step", .series = {series(name, points, value, noisy)}});
  };
  const std::string charts =
      concat(loss_figure(record, points), metric_figure(record),
             one(
                 "Learning rate", [](const CurvePoint& point) { return point.learning_rate; }, false),
             one(
                 "Length of the gradient, before clipping",
                 [](const CurvePoint& point) { return point.gradient_norm.value(); }, true),
             one(
                 "Tokens a second", [](const CurvePoint& point) { return point.tokens_per_second(); }, true));
  return section("curves", "Curves", concat("<div class=\"grid2\">\n", charts, "</div>\n"));
}

std::string samples_section(const TrainingRecord& record) {
  std::string out;
  for (const ObjectiveRecord& objective : record.objectives) {
    if (objective.pairs.empty()) continue;
    out += concat("<div class=\"card samples\">\n<h3>", foreign(data_name(objective), 120), " <small>",
                  to_string(record.model.similarity), " similarity of examples it was trained on</small></h3>\n",
                  pairs_table(objective, record.model.similarity == SimilarityFunction::cosine), "</div>\n");
  }
  return section("samples", "Sample pairs, before and after", out);
}

}  // namespace sbert::report
