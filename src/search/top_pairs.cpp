#include "search/top_pairs.h"

#include <algorithm>
#include <tuple>

namespace sbert {

namespace {

bool better_pair(const MinedPair& a, const MinedPair& b) {
  if (a.score != b.score) return a.score > b.score;
  return std::tie(a.first, a.second) < std::tie(b.first, b.second);
}

}  // namespace

void TopPairs::offer(std::span<const MinedPair> pairs) {
  while (!pairs.empty()) {
    const size_t room = 2 * capacity_ - pairs_.size();
    const std::span<const MinedPair> part = pairs.first(std::min(room, pairs.size()));
    pairs_.insert(pairs_.end(), part.begin(), part.end());
    pairs = pairs.subspan(part.size());
    if (pairs_.size() == 2 * capacity_) shrink();
  }
}

void TopPairs::shrink() {
  if (pairs_.size() <= capacity_) return;
  const auto worst = pairs_.begin() + static_cast<std::ptrdiff_t>(capacity_) - 1;
  std::nth_element(pairs_.begin(), worst, pairs_.end(), better_pair);
  threshold_ = worst->score;
  pairs_.resize(capacity_);
}

std::vector<MinedPair> TopPairs::take() {
  shrink();
  std::sort(pairs_.begin(), pairs_.end(), better_pair);
  return std::move(pairs_);
}

}  // namespace sbert
