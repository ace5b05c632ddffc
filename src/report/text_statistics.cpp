#include "report/text_statistics.h"

#include <functional>
#include <utility>

namespace sbert::report {
namespace {

constexpr size_t kLengthBins = 24;
constexpr double kShown = 0.995;

/// The smallest number that so many of all are not above.
uint64_t quantile(const std::map<uint64_t, uint64_t>& counts, double part) {
  uint64_t all = 0, below = 0;
  for (const auto& [value, count] : counts)
    all += count;
  for (const auto& [value, count] : counts) {
    below += count;
    if (static_cast<double>(below) >= part * static_cast<double>(all)) return value;
  }
  return counts.rbegin()->first;
}

}  // namespace

void TextCounter::add(std::string_view text, uint64_t tokens, bool truncated) {
  ++rows_;
  ++lengths_[tokens];
  tokens_ += tokens;
  distinct_.add(std::hash<std::string_view>()(text));
  if (text.empty()) ++empty_;
  if (truncated) ++truncated_;
}

TextStatistics TextCounter::finish(std::string column, uint64_t limit) {
  return {.column = std::move(column),
          .rows = rows_,
          .distinct = distinct_.count(),
          .distinct_is_exact = distinct_.exact(),
          .empty = empty_,
          .shortest = lengths_.begin()->first,
          .longest = lengths_.rbegin()->first,
          .mean = static_cast<double>(tokens_) / static_cast<double>(rows_),
          .truncated = truncated_,
          .lengths = make_histogram(lengths_, kLengthBins, truncated_ == 0 ? 0 : limit)};
}

Histogram make_histogram(const std::map<uint64_t, uint64_t>& counts, size_t bins, uint64_t inside) {
  const uint64_t first = counts.begin()->first;
  const uint64_t last = std::max({first, quantile(counts, kShown), inside});
  const uint64_t width = (last - first) / bins + 1;
  Histogram histogram{.begin = static_cast<double>(first), .width = static_cast<double>(width)};
  histogram.counts.resize((last - first) / width + 1);
  for (const auto& [value, count] : counts) {
    const uint64_t bin = (value - first) / width;
    (bin < histogram.counts.size() ? histogram.counts[bin] : histogram.beyond) += count;
  }
  return histogram;
}

}  // namespace sbert::report
