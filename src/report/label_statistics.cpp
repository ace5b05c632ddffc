#include "report/label_statistics.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "losses/loss.h"

namespace sbert::report {
namespace {

using Label = losses::ColumnRule::Label;

constexpr size_t kLabelBins = 20;
constexpr size_t kValues = 8192;

Label rule_of(const Objective& objective) {
  return objective.loss.implementation()->columns().label;
}

Histogram make_histogram(const std::vector<float>& values, double smallest, double largest) {
  if (!(largest > smallest)) return {.begin = smallest, .width = 0, .counts = {values.size()}};
  Histogram histogram{.begin = smallest, .width = (largest - smallest) / kLabelBins};
  histogram.counts.resize(kLabelBins);
  for (const float value : values) {
    const auto bin = static_cast<size_t>((value - smallest) / histogram.width);
    ++histogram.counts[std::min(bin, kLabelBins - 1)];
  }
  return histogram;
}

}  // namespace

bool has_classes(const Objective& objective) {
  const Label label = rule_of(objective);
  return !objective.description.classes.empty() || label == Label::class_number || label == Label::binary;
}

std::string label_name(const Objective& objective, float label) {
  const auto& names = objective.description.classes;
  if (label >= 0 && label < static_cast<float>(names.size()) && label == std::floor(label)) {
    return names[static_cast<size_t>(label)];
  }
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, label);
  return {text, end.ptr};
}

LabelCounter::LabelCounter(const Objective& objective)
    : objective_(objective),
      counted_(rule_of(objective) != Label::embedding),
      some_(kValues),
      smallest_(std::numeric_limits<float>::infinity()),
      largest_(-smallest_) {}

void LabelCounter::add(float label) {
  if (!counted_ || !std::isfinite(label)) return;
  mean_.add(label);
  smallest_ = std::min(smallest_, label);
  largest_ = std::max(largest_, label);
  if (has_classes(objective_)) {
    ++classes_[label];
  } else {
    some_.add([&] { return label; });
  }
}

std::optional<LabelStatistics> LabelCounter::finish() const {
  if (mean_.count == 0) return std::nullopt;
  LabelStatistics statistics{.labels = mean_.count, .smallest = smallest_, .largest = largest_, .mean = mean_.value()};
  for (const auto& [label, count] : classes_)
    statistics.classes.emplace_back(label_name(objective_, label), count);
  if (classes_.empty()) statistics.values = make_histogram(some_.kept(), smallest_, largest_);
  return statistics;
}

}  // namespace sbert::report
