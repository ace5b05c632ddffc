#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sbert::report {

// Charts as <svg> elements for an HTML page, which gives the colours: series i is of class "s<i % kColors>". They are
// as wide as their place. Numbers show when the mouse is over a chart, without a script.

constexpr size_t kColors = 6;

struct Series {
  std::string name;
  std::vector<double> x, y;           ///< NaN: a gap
  std::vector<double> low{}, high{};  ///< a band around the line; empty: none
  std::vector<double> faint{};        ///< a second, weaker line behind it; empty: none
};

struct LineChart {
  std::string name;    ///< what it shows
  std::string x_name;  ///< "step"
  std::vector<Series> series;
  bool dots = false;                 ///< few values: a dot for each
  std::optional<double> marked_x{};  ///< a vertical line ...
  std::string mark{};                ///< ... and what it says
};
/// Empty if there is nothing to draw.
std::string draw(const LineChart& chart);

struct Bar {
  std::string range;  ///< "12 to 15 tokens": what a value is, for the mouse
  uint64_t value;
};
struct BarChart {
  std::string name;
  std::string first, last;  ///< below the first and below the last bar
  std::string unit;         ///< of the values: "texts"
  std::vector<Bar> bars;
  std::optional<double> marked{};  ///< a vertical line at this place, counted in bars ...
  std::string mark{};              ///< ... and what it says
};
std::string draw(const BarChart& chart);

/// A small line without axes.
std::string draw_sparkline(const std::vector<double>& values);

}  // namespace sbert::report
