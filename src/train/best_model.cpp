#include "train/best_model.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/fail.h"
#include "evaluation/metric_names.h"

namespace sbert {

void choose_primary(evaluation::EvaluationResult& result, const std::string& metric) {
  if (result.metrics.contains(metric)) {
    result.primary = metric;
    return;
  }
  std::string known;
  for (const std::string& name : evaluation::metric_names(result))
    known += (known.empty() ? "" : ", ") + name;
  fail(ErrorCode::invalid_argument, "best_metric: there is no metric '", metric, "'; evaluations have ", known);
}

void BestModel::add(const EvaluationReport& report) {
  const double value = report.result.primary_value();
  const double best = report_ ? report_->result.primary_value() : std::nan("");
  const bool is_first = !report_ || std::isnan(best);
  if (is_first || value - best > options_.early_stopping_threshold) {
    misses_ = 0;
  } else {
    ++misses_;
  }
  if (!is_first && !(value > best)) return;
  report_ = report;
  if (options_.keep_best) values_ = block_.values().clone();
}

bool BestModel::should_stop() const {
  return options_.early_stopping_patience != 0 && misses_ >= options_.early_stopping_patience;
}

void BestModel::restore() {
  if (!values_.defined()) return;
  std::copy_n(values_.data<float>(), values_.size(), block_.values().data<float>());
}

void BestModel::set(std::optional<EvaluationReport> report, Tensor values, uint64_t misses) {
  report_ = std::move(report);
  values_ = std::move(values);
  misses_ = misses;
}

}  // namespace sbert
