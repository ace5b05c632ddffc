#include "report/page.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>

#include "base/fail.h"
#include "base/format.h"
#include "base/version.h"
#include "report/html.h"
#include "report/outcome.h"
#include "report/page_style.h"
#include "report/text.h"

namespace sbert::report {
namespace {

std::string local_time_now() {
  const std::time_t time = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  ::gmtime_r(&time, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &parts);
  return text;
}

/// "a", "a and b", "a, b and c", without repetitions.
std::string join(const std::vector<std::string>& items) {
  std::vector<std::string> different;
  for (const std::string& item : items) {
    if (std::find(different.begin(), different.end(), item) == different.end()) different.push_back(item);
  }
  std::string text;
  for (size_t i = 0; i < different.size(); ++i)
    text += (i == 0 ? "" : i + 1 == different.size() ? " and " : ", ") + different[i];
  return text;
}

std::string header(const TrainingRecord& record) {
  std::vector<std::string> losses, data;
  uint64_t rows = 0;
  for (const ObjectiveRecord& objective : record.objectives) {
    losses.push_back(escape(objective.loss));
    data.push_back(foreign(data_name(objective), 80));
    rows += objective.rows;
  }
  const std::string state = record.result.stopped         ? " Stopped before its end."
                            : record.result.stopped_early ? " Stopped early: evaluations did not get better any more."
                                                          : "";
  return concat("<header>\n<h1>", foreign(record.model.base, 80), " trained with ", join(losses), "</h1>\n<p>On ",
                format_count(rows), " examples from ", join(data), ". ", local_time_now(), ".", state,
                "</p>\n</header>\n");
}

std::string tile(const std::string& value, const std::string& caption) {
  return concat("<div class=\"card tile\"><b>", value, "</b><span>", caption, "</span></div>\n");
}

std::string arrow(const std::string& before, const std::string& after) {
  return before + " \u2192 " + after;
}

std::string loss_tile(const TrainingRecord& record) {
  const auto& points = record.curve.points();
  const size_t some = std::max<size_t>(1, points.size() / 20);
  Mean first, last;
  for (size_t i = 0; i < some; ++i) {
    first.add(points[i].loss);
    last.add(points[points.size() - 1 - i].loss);
  }
  return tile(arrow(short_number(first.value()), short_number(last.value())), "loss, first and last steps");
}

std::string tiles(const TrainingRecord& record) {
  std::string out;
  const FitResult& result = record.result;
  if (result.after) {
    const std::string& name = result.after->result.primary;
    const double after = result.after->result.primary_value();
    const double before = metric_of(result.before, name);
    out += tile(std::isnan(before) ? metric_number(after) : arrow(metric_number(before), metric_number(after)),
                escape(name) + (std::isnan(before) ? "" : ", before and after"));
  }
  if (!record.curve.points().empty()) out += loss_tile(record);
  const double epochs = record.curve.points().empty() ? 0 : record.curve.points().back().epoch;
  out += tile(format_count(result.steps), concat("steps, ", short_number(epochs), epochs == 1 ? " epoch" : " epochs"));
  out += tile(format_duration(result.seconds), "training, without evaluations");
  const double rate = static_cast<double>(result.tokens) / std::max(result.seconds, 1e-9);
  out += tile(format_count(static_cast<uint64_t>(rate)), "tokens a second");
  if (record.machine.peak_bytes != 0) out += tile(format_bytes(record.machine.peak_bytes), "memory at most");
  return concat("<div class=\"tiles\">\n", out, "</div>\n");
}

}  // namespace

std::string section(const std::string& id, const std::string& title, const std::string& content) {
  return content.empty() ? "" : concat("<section id=\"", id, "\">\n<h2>", title, "</h2>\n", content, "</section>\n");
}

std::string figure(const std::string& caption, const std::string& chart) {
  return chart.empty()
             ? ""
             : concat("<figure class=\"card\"><figcaption>", caption, "</figcaption>\n", chart, "</figure>\n");
}

std::string html_page(const TrainingRecord& record) {
  return concat(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n<title>",
      escape(shortened(record.model.base, 80)), " \u2013 training report</title>\n<style>\n", kPageStyle,
      "</style>\n</head>\n<body>\n<main>\n", header(record), tiles(record), results_section(record),
      curves_section(record), samples_section(record), data_section(record), settings_section(record),
      "<footer>Written by sbert.cpp ", version(), ".</footer>\n</main>\n</body>\n</html>\n");
}

}  // namespace sbert::report
