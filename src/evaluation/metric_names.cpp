#include "evaluation/metric_names.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace sbert::evaluation {
namespace {

/// "accuracy@10" -> ("accuracy@", 10): numbers are compared as numbers.
std::pair<std::string_view, unsigned long> order_of(std::string_view metric) {
  const size_t at = metric.rfind('@');
  if (at == std::string_view::npos) return {metric, 0};
  unsigned long number = 0;
  std::from_chars(metric.data() + at + 1, metric.data() + metric.size(), number);
  return {metric.substr(0, at), number};
}

}  // namespace

std::vector<std::string> metric_names(const EvaluationResult& result) {
  std::vector<std::string> names;
  for (const auto& [name, value] : result.metrics)
    names.push_back(name);
  std::stable_sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
  return names;
}

}  // namespace sbert::evaluation
