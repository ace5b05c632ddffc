#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <sbert/fit.h>

#include "nn/module.h"
#include "report/label_statistics.h"
#include "report/record.h"
#include "report/spread.h"
#include "report/text_statistics.h"

namespace sbert::report {

/// Sees the data of an objective go by, once, in parts of any size, and tells what it is like. Memory is bounded.
class DataObserver {
 public:
  /// Both must outlive this.
  DataObserver(const Objective& objective, const nn::InputModule& input);

  /// Rows of the data: `texts` and `ids` are [rows, columns], with their prompts and as the model reads them, `labels`
  /// are [rows, labels a row].
  void add(std::span<const std::string> texts, std::span<const std::vector<int32_t>> ids, std::span<const float> labels,
           size_t rows);
  /// REQUIRES: there were rows.
  ObjectiveRecord finish();

 private:
  struct Row {
    std::vector<std::string> texts;  ///< the model reads nothing beyond of what is kept of them
    std::vector<float> labels;
  };
  struct Length {
    uint64_t tokens;
    bool truncated;
  };

  std::vector<Length> measure(std::span<const std::string> texts, std::span<const std::vector<int32_t>> ids) const;
  std::string prompt(size_t column) const;
  std::string task(size_t column) const;
  std::string column_name(size_t column) const;
  std::string label_text(const Row& row) const;
  std::vector<SampleRow> choose_rows() const;
  std::vector<ScoredPair> choose_pairs() const;
  std::vector<ScoredPair> pair_rows() const;
  ScoredPair make_pair(const Row& a, const Row& b, size_t column, std::string relation) const;

  const Objective& objective_;
  const nn::InputModule& input_;
  uint64_t rows_ = 0;
  std::vector<TextCounter> columns_;
  LabelCounter labels_;
  Spread<Row> kept_;
};

}  // namespace sbert::report
