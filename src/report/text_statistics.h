#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "report/distinct.h"
#include "report/record.h"

namespace sbert::report {

/// Adds up what the texts of a column are like.
class TextCounter {
 public:
  /// `tokens`: of the whole text.
  void add(std::string_view text, uint64_t tokens, bool truncated);
  /// `limit`: tokens that the model reads; 0: all.
  TextStatistics finish(std::string column, uint64_t limit);

 private:
  std::map<uint64_t, uint64_t> lengths_;
  DistinctCounter distinct_;
  uint64_t rows_ = 0, empty_ = 0, truncated_ = 0, tokens_ = 0;
};

/// Of whole numbers and how often each is there, in at most `bins` ranges of equal width; the largest 0.5 % may lie
/// beyond. `inside`: a number that shall not, such as a limit. REQUIRES: counts are there.
Histogram make_histogram(const std::map<uint64_t, uint64_t>& counts, size_t bins, uint64_t inside);

}  // namespace sbert::report
