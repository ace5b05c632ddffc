#include "report/svg.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "base/fail.h"
#include "base/format.h"
#include "report/html.h"
#include "report/text.h"

namespace sbert::report {
namespace {

constexpr double kWidth = 480, kLeft = 50, kRight = 12, kTop = 12, kBottom = 26, kBarTop = 20;
constexpr double kLineHeight = 220, kBarHeight = 130;
constexpr size_t kHoverPlaces = 100;
constexpr size_t kMarkCharacters = 20;

std::string coordinate(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void add(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  void add(const std::vector<double>& values) {
    for (const double value : values)
      add(value);
  }
  bool empty() const { return !(low <= high); }
  double size() const { return high - low; }
};

/// 1, 2 or 5 times a power of ten, at most `most` of them in the range.
double tick_step(const Range& range, int most) {
  const double rough = range.size() / most;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough) return factor * power;
  }
  return 10 * power;
}

/// Maps values to places in the picture.
class Frame {
 public:
  Frame(Range x, Range y, double height) : x_(x), y_(y), height_(height) {
    if (x_.size() == 0) x_ = {x_.low - 0.5, x_.high + 0.5};
    if (y_.size() == 0) {
      const double margin = y_.low == 0 ? 1 : std::fabs(y_.low) / 10;
      y_ = {y_.low - margin, y_.high + margin};
    } else {
      const double margin = y_.size() * 0.06;
      y_ = {y_.low >= 0 && y_.low < margin ? 0 : y_.low - margin, y_.high + margin};
    }
  }

  double x(double value) const { return kLeft + (value - x_.low) / x_.size() * (kWidth - kLeft - kRight); }
  double y(double value) const {
    const double inside = std::clamp(value, y_.low, y_.high);
    return kTop + (y_.high - inside) / y_.size() * (height_ - kTop - kBottom);
  }
  double bottom() const { return height_ - kBottom; }

  std::string grid(const std::string& x_name) const {
    std::string out;
    const double y_step = tick_step(y_, 5);
    for (double value = std::ceil(y_.low / y_step) * y_step; value <= y_.high; value += y_step) {
      const std::string place = coordinate(y(value));
      out +=
          concat("<line class=\"grid\" x1=\"", kLeft, "\" x2=\"", kWidth - kRight, "\" y1=\"", place, "\" y2=\"", place,
                 "\"/><text class=\"tick\" text-anchor=\"end\" x=\"", kLeft - 6, "\" y=\"", coordinate(y(value) + 4),
                 "\">", short_number(std::fabs(value) < y_step / 1e6 ? 0 : value), "</text>\n");
    }
    const double x_step = std::max(1.0, tick_step(x_, 6));
    for (double value = std::ceil(x_.low / x_step) * x_step; value <= x_.high; value += x_step) {
      // The last place is for the axis' name.
      if (x(value) > kWidth - kRight - 45) break;
      out += concat("<text class=\"tick\" text-anchor=\"middle\" x=\"", coordinate(x(value)), "\" y=\"",
                    coordinate(bottom() + 17), "\">", short_number(value), "</text>\n");
    }
    return out + concat("<text class=\"tick\" text-anchor=\"end\" x=\"", kWidth - kRight, "\" y=\"",
                        coordinate(bottom() + 17), "\">", escape(x_name), "</text>\n<line class=\"axis\" x1=\"", kLeft,
                        "\" x2=\"", kWidth - kRight, "\" y1=\"", coordinate(bottom()), "\" y2=\"", coordinate(bottom()),
                        "\"/>\n");
  }

  /// A path through the points; NaN interrupts it.
  std::string path(const std::vector<double>& xs, const std::vector<double>& ys) const {
    std::string out;
    bool drawing = false;
    for (size_t i = 0; i < std::min(xs.size(), ys.size()); ++i) {
      if (!std::isfinite(ys[i])) {
        drawing = false;
        continue;
      }
      out += concat(drawing ? "L" : "M", coordinate(x(xs[i])), " ", coordinate(y(ys[i])));
      drawing = true;
    }
    return out;
  }

 private:
  Range x_, y_;
  double height_;
};

/// From the top of the band to the right, and back below.
std::string band(const Frame& frame, const Series& series) {
  std::vector<double> x, y;
  for (size_t i = 0; i < series.high.size(); ++i) {
    if (!std::isfinite(series.high[i]) || !std::isfinite(series.low[i])) continue;
    x.push_back(series.x[i]);
    y.push_back(series.high[i]);
  }
  for (size_t i = series.low.size(); i-- > 0;) {
    if (!std::isfinite(series.high[i]) || !std::isfinite(series.low[i])) continue;
    x.push_back(series.x[i]);
    y.push_back(series.low[i]);
  }
  return frame.path(x, y);
}

std::string lines(const Frame& frame, const LineChart& chart) {
  std::string out;
  for (size_t i = 0; i < chart.series.size(); ++i) {
    const Series& series = chart.series[i];
    out += concat("<g class=\"s", i % kColors, "\">");
    if (!series.low.empty()) out += concat("<path class=\"band\" d=\"", band(frame, series), "\"/>");
    if (!series.faint.empty()) {
      out += concat("<path class=\"line faint\" d=\"", frame.path(series.x, series.faint), "\"/>");
    }
    out += concat("<path class=\"line\" d=\"", frame.path(series.x, series.y), "\"/>");
    for (size_t k = 0; chart.dots && k < series.x.size(); ++k) {
      if (!std::isfinite(series.y[k])) continue;
      out += concat("<circle class=\"dot\" r=\"2.5\" cx=\"", coordinate(frame.x(series.x[k])), "\" cy=\"",
                    coordinate(frame.y(series.y[k])), "\"/>");
    }
    out += "</g>\n";
  }
  return out;
}

std::string mark(double place, double bottom, const std::string& text) {
  const bool at_the_right = place > kWidth / 2;
  return concat("<line class=\"mark\" x1=\"", coordinate(place), "\" x2=\"", coordinate(place), "\" y1=\"", kTop - 4,
                "\" y2=\"", coordinate(bottom), "\"/><text class=\"tick mark\" text-anchor=\"",
                at_the_right ? "end" : "start", "\" x=\"", coordinate(place + (at_the_right ? -5 : 5)), "\" y=\"",
                kTop + 6, "\">", escape(shortened(text, kMarkCharacters)), "</text>\n");
}

/// What stands under the mouse: a strip for each of some points, with the values there.
std::string hover(const Frame& frame, const LineChart& chart) {
  const auto longest = std::max_element(chart.series.begin(), chart.series.end(),
                                        [](const Series& a, const Series& b) { return a.x.size() < b.x.size(); });
  const size_t step = (longest->x.size() + kHoverPlaces - 1) / kHoverPlaces;
  std::vector<double> places;
  for (size_t i = 0; i < longest->x.size(); i += step)
    places.push_back(longest->x[i]);
  std::string out;
  for (size_t i = 0; i < places.size(); ++i) {
    const double here = frame.x(places[i]);
    const double left = i == 0 ? kLeft : (frame.x(places[i - 1]) + here) / 2;
    const double right = i + 1 == places.size() ? kWidth - kRight : (frame.x(places[i + 1]) + here) / 2;
    std::string text = concat(chart.x_name, " ", std::llround(places[i]));
    std::string dots;
    for (const Series& series : chart.series) {
      const auto at =
          static_cast<size_t>(std::lower_bound(series.x.begin(), series.x.end(), places[i]) - series.x.begin());
      if (at >= series.x.size() || !std::isfinite(series.y[at])) continue;
      text += concat("\n", series.name, ": ", metric_number(series.y[at]));
      if (!series.low.empty()) {
        text += concat(" (", metric_number(series.low[at]), " to ", metric_number(series.high[at]), ")");
      }
      dots += concat("<circle r=\"3\" cx=\"", coordinate(frame.x(series.x[at])), "\" cy=\"",
                     coordinate(frame.y(series.y[at])), "\"/>");
    }
    out += concat("<g class=\"hover\"><rect x=\"", coordinate(left), "\" y=\"0\" width=\"",
                  coordinate(std::max(0.1, right - left)), "\" height=\"", coordinate(frame.bottom()),
                  "\"/><line x1=\"", coordinate(here), "\" x2=\"", coordinate(here), "\" y1=\"", kTop, "\" y2=\"",
                  coordinate(frame.bottom()), "\"/>", dots, "<title>", escape(text), "</title></g>\n");
  }
  return out;
}

std::string open_svg(double height, const std::string& name) {
  return concat("<svg viewBox=\"0 0 ", kWidth, " ", height, "\" role=\"img\" aria-label=\"", escape(name), "\">\n");
}

}  // namespace

std::string draw(const LineChart& chart) {
  Range x, y;
  for (const Series& series : chart.series) {
    x.add(series.x);
    y.add(series.y);
  }
  if (x.empty() || y.empty()) return "";
  // Lines behind may be cut where they leave the picture, but only far out.
  const Range of_lines = y;
  for (const Series& series : chart.series) {
    y.add(series.low);
    y.add(series.high);
    y.add(series.faint);
  }
  const double room = std::max(of_lines.size(), std::fabs(of_lines.high) * 0.05);
  y = {std::max(y.low, of_lines.low - room / 2), std::min(y.high, of_lines.high + room / 2)};
  const Frame frame(x, y, kLineHeight);
  std::string out = open_svg(kLineHeight, chart.name) + frame.grid(chart.x_name) + lines(frame, chart);
  if (chart.marked_x) out += mark(frame.x(*chart.marked_x), frame.bottom(), chart.mark);
  return out + hover(frame, chart) + "</svg>\n";
}

std::string draw(const BarChart& chart) {
  uint64_t highest = 0;
  for (const Bar& bar : chart.bars)
    highest = std::max(highest, bar.value);
  if (highest == 0) return "";
  std::string out = open_svg(kBarHeight, chart.name);
  const double bottom = kBarHeight - kBottom, left = 4,
               width = (kWidth - 2 * left) / static_cast<double>(chart.bars.size());
  for (size_t i = 0; i < chart.bars.size(); ++i) {
    const Bar& bar = chart.bars[i];
    // What is there at all shall be seen.
    const double part = static_cast<double>(bar.value) / static_cast<double>(highest);
    const double height = bar.value == 0 ? 0 : std::max(1.0, part * (bottom - kBarTop));
    out +=
        concat("<g class=\"bar s0\"><rect class=\"place\" x=\"", coordinate(left + width * static_cast<double>(i)),
               "\" y=\"0\" width=\"", coordinate(width), "\" height=\"", bottom, "\"/><rect x=\"",
               coordinate(left + width * static_cast<double>(i) + width * 0.06), "\" y=\"", coordinate(bottom - height),
               "\" width=\"", coordinate(width * 0.88), "\" height=\"", coordinate(height), "\"/><title>",
               escape(bar.range), ": ", format_count(bar.value), " ", escape(chart.unit), "</title></g>\n");
  }
  out += concat("<line class=\"axis\" x1=\"", left, "\" x2=\"", kWidth - left, "\" y1=\"", bottom, "\" y2=\"", bottom,
                "\"/><text class=\"tick\" x=\"", left, "\" y=\"", bottom + 17, "\">", escape(chart.first),
                "</text><text class=\"tick\" text-anchor=\"end\" x=\"", kWidth - left, "\" y=\"", bottom + 17, "\">",
                escape(chart.last), "</text>\n");
  if (chart.marked) out += mark(left + width * *chart.marked, bottom, chart.mark);
  return out + "</svg>\n";
}

std::string draw_sparkline(const std::vector<double>& values) {
  Range range;
  range.add(values);
  if (range.empty() || values.size() < 2) return "";
  constexpr double kSparkWidth = 80, kSparkHeight = 20;
  const double size = range.size() == 0 ? 1 : range.size();
  std::string path;
  bool drawing = false;
  for (size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      drawing = false;
      continue;
    }
    const double x = 2 + (kSparkWidth - 4) * static_cast<double>(i) / static_cast<double>(values.size() - 1);
    const double y = 2 + (kSparkHeight - 4) * (range.high - values[i]) / size;
    path += concat(drawing ? "L" : "M", coordinate(x), " ", coordinate(y));
    drawing = true;
  }
  return concat("<svg class=\"spark\" viewBox=\"0 0 ", kSparkWidth, " ", kSparkHeight,
                "\" aria-hidden=\"true\"><g class=\"s0\"><path class=\"line\" d=\"", path, "\"/></g></svg>");
}

}  // namespace sbert::report
