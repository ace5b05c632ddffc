#pragma once

#include <string>
#include <utility>

#include <sbert/evaluation.h>

namespace sbert::evaluation {

/// Collects what one evaluator reports: metrics, those of them that are columns of its CSV file (under other names, in
/// the order of sentence-transformers), and which is the primary one. Puts the evaluator's name before every metric.
class ResultBuilder {
 public:
  ResultBuilder(const std::string& name, std::string csv_file) : prefix_(name.empty() ? "" : name + "_") {
    result_.csv.push_back({std::move(csv_file), {}});
  }

  void add(const std::string& metric, double value) { result_.metrics[prefix_ + metric] = value; }
  void add_column(std::string csv_column, double value) {
    result_.csv.front().columns.emplace_back(std::move(csv_column), value);
  }
  void add(const std::string& metric, double value, std::string csv_column) {
    add(metric, value);
    add_column(std::move(csv_column), value);
  }
  double get(const std::string& metric) const { return result_.metrics.at(prefix_ + metric); }
  void set_primary(const std::string& metric) { result_.primary = prefix_ + metric; }

  EvaluationResult build() && { return std::move(result_); }

 private:
  std::string prefix_;
  EvaluationResult result_;
};

/// "<stem>_<name>_results.csv", without the middle for an empty name.
inline std::string csv_file_name(const std::string& stem, const std::string& name) {
  return stem + (name.empty() ? "" : "_" + name) + "_results.csv";
}

}  // namespace sbert::evaluation
