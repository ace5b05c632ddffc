#include "report/svg.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <regex>

#include <gtest/gtest.h>

namespace sbert::report {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Every number of the picture is a number, and lies in it or hardly outside.
void expect_sane(const std::string& svg) {
  static const std::regex kNumbers("(?:x|y|x1|x2|y1|y2|cx|cy|width|height)=\"([^\"]*)\"|[ML]([^ ]+) ([-0-9.]+)");
  ASSERT_NE(svg, "");
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  EXPECT_EQ(svg.find("inf"), std::string::npos);
  size_t numbers = 0;
  for (auto match = std::sregex_iterator(svg.begin(), svg.end(), kNumbers); match != std::sregex_iterator(); ++match) {
    for (size_t i = 1; i < match->size(); ++i) {
      if ((*match)[i].length() == 0) continue;
      const double value = std::stod((*match)[i]);
      EXPECT_GE(value, -60) << match->str();
      EXPECT_LE(value, 600) << match->str();
      ++numbers;
    }
  }
  EXPECT_GT(numbers, 2U);
}

LineChart chart_of(std::vector<double> x, std::vector<double> y) {
  return {.name = "loss", .x_name = "step", .series = {{.name = "loss", .x = std::move(x), .y = std::move(y)}}};
}

TEST(LineChart, DrawsWhateverThereIs) {
  expect_sane(draw(chart_of({1, 2, 3}, {0.5, 0.25, 0.125})));
  expect_sane(draw(chart_of({1}, {0.5})));
  expect_sane(draw(chart_of({0, 100'000}, {7, 7})));
  expect_sane(draw(chart_of({1, 2, 3}, {0, 0, 0})));
  expect_sane(draw(chart_of({1, 2, 3, 4}, {1, kNan, kInfinity, 2})));
  expect_sane(draw(chart_of({1, 2}, {-1e30, 1e30})));
  expect_sane(draw(chart_of({1, 2}, {1e-30, 2e-30})));
  EXPECT_EQ(draw(chart_of({}, {})), "");
  EXPECT_EQ(draw(chart_of({1, 2}, {kNan, kNan})), "");
}

TEST(LineChart, ALineIsInterruptedWhereThereIsNoNumber) {
  const std::string svg = draw(chart_of({1, 2, 3, 4}, {1, kNan, 2, 3}));
  const size_t path = svg.find("d=\"");
  const std::string line = svg.substr(path, svg.find('"', path + 3) - path);
  EXPECT_EQ(std::count(line.begin(), line.end(), 'M'), 2);
  EXPECT_EQ(std::count(line.begin(), line.end(), 'L'), 1);
}

TEST(LineChart, ShowsValuesUnderTheMouse) {
  LineChart chart = chart_of({10, 20}, {0.5, 0.25});
  chart.series[0].low = {0.25, 0.125};
  chart.series[0].high = {0.75, 0.375};
  const std::string svg = draw(chart);
  expect_sane(svg);
  EXPECT_NE(svg.find("<title>step 10\nloss: 0.5000 (0.2500 to 0.7500)</title>"), std::string::npos);
}

TEST(LineChart, NamesAreText) {
  LineChart chart = chart_of({1, 2}, {1, 2});
  chart.name = chart.series[0].name = chart.mark = "\"><script>";
  chart.marked_x = 2;
  const std::string svg = draw(chart);
  EXPECT_EQ(svg.find("<script"), std::string::npos);
  EXPECT_NE(svg.find("&quot;&gt;&lt;script&gt;"), std::string::npos);
}

TEST(BarChart, DrawsWhateverThereIs) {
  BarChart chart{
      .name = "tokens", .first = "1", .last = "9", .unit = "texts", .bars = {{"1 <b>", 1}, {"2", 1'000'000}}};
  chart.marked = 1.5;
  chart.mark = "limit";
  const std::string svg = draw(chart);
  expect_sane(svg);
  EXPECT_NE(svg.find("<title>1 &lt;b&gt;: 1 texts</title>"), std::string::npos);
  EXPECT_NE(svg.find("1,000,000 texts"), std::string::npos);
  chart.bars = {{"1", 0}};
  EXPECT_EQ(draw(chart), "");
}

TEST(Sparkline, DrawsWhateverThereIs) {
  expect_sane(draw_sparkline({1, kNan, 3}));
  expect_sane(draw_sparkline({2, 2}));
  EXPECT_EQ(draw_sparkline({1}), "");
  EXPECT_EQ(draw_sparkline({kNan, kNan}), "");
}

}  // namespace
}  // namespace sbert::report
