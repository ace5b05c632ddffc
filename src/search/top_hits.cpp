#include "search/top_hits.h"

#include <algorithm>

namespace sbert {

namespace {

/// A total order, so what is kept does not depend on the order of arrival.
bool better_hit(const SearchHit& a, const SearchHit& b) {
  return a.score > b.score || (a.score == b.score && a.corpus_index < b.corpus_index);
}

}  // namespace

void TopHits::offer(const float* scores, size_t count, size_t first_index) {
  for (size_t i = 0; i < count; ++i) {
    if (scores[i] >= threshold_) insert({first_index + i, scores[i]});
  }
}

void TopHits::insert(const SearchHit& hit) {
  if (heap_.size() == capacity_) {
    if (!better_hit(hit, heap_.front())) return;
    std::pop_heap(heap_.begin(), heap_.end(), better_hit);
    heap_.pop_back();
  }
  heap_.push_back(hit);
  std::push_heap(heap_.begin(), heap_.end(), better_hit);
  if (heap_.size() == capacity_) threshold_ = heap_.front().score;
}

std::vector<SearchHit> TopHits::take() {
  std::sort_heap(heap_.begin(), heap_.end(), better_hit);
  return std::move(heap_);
}

}  // namespace sbert
