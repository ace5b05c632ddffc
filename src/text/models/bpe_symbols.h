#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <vector>

#include "text/models/bpe.h"

namespace sbert::text {

/// The tokens of one piece while they are merged. Short pieces, which most are, live on the stack and look at all pairs
/// for the best one each time; long ones keep the pairs in a heap.
class Bpe::Symbols {
 public:
  /// `limit`: no more than so many symbols will be added.
  explicit Symbols(size_t limit) {
    // A character of a byte-fallback model may become more symbols than it has bytes, by its suffix.
    if (limit > kShort / 2) long_.reserve(limit);
  }

  void add(int32_t id, size_t size) {
    if (long_.capacity() == 0 && count_ < kShort) {
      short_[count_++] = {id, static_cast<uint32_t>(size)};
      return;
    }
    if (long_.empty()) long_.assign(short_.begin(), short_.begin() + static_cast<std::ptrdiff_t>(count_));
    long_.push_back({id, static_cast<uint32_t>(size)});
    count_ = long_.size();
  }

  void merge(const MergeTable& merges) {
    if (long_.empty()) {
      merge_short(merges);
    } else {
      merge_long(merges);
    }
  }

  void write(Tokens& out) const {
    size_t at = 0;
    for (const Symbol& symbol : std::span(data(), count_)) {
      if (symbol.size == 0) continue;
      out.add(symbol.id, at, at + symbol.size);
      at += symbol.size;
    }
  }

 private:
  static constexpr size_t kShort = 64;

  struct Symbol {
    int32_t id;
    uint32_t size;  // 0: merged into the one before
  };

  const Symbol* data() const { return long_.empty() ? short_.data() : long_.data(); }

  void merge_short(const MergeTable& merges) {
    std::array<MergeTable::Merge, kShort> pairs;
    for (size_t i = 0; i + 1 < count_; ++i)
      pairs[i] = merges.find(short_[i].id, short_[i + 1].id);
    while (count_ > 1) {
      size_t best = 0;
      for (size_t i = 1; i + 1 < count_; ++i) {
        if (pairs[i].rank < pairs[best].rank) best = i;
      }
      if (!pairs[best].exists()) return;
      short_[best] = {pairs[best].id, short_[best].size + short_[best + 1].size};
      for (size_t i = best + 1; i + 1 < count_; ++i) {
        short_[i] = short_[i + 1];
        pairs[i] = pairs[i + 1];
      }
      --count_;
      if (best > 0) pairs[best - 1] = merges.find(short_[best - 1].id, short_[best].id);
      if (best + 1 < count_) pairs[best] = merges.find(short_[best].id, short_[best + 1].id);
    }
  }

  void merge_long(const MergeTable& merges) {
    constexpr uint32_t none = UINT32_MAX;
    struct Candidate {
      uint32_t rank, position;
      int32_t left, right, id;
      bool operator<(const Candidate& other) const {  // the heap's largest is the one to merge first
        return rank != other.rank ? rank > other.rank : position > other.position;
      }
    };
    std::vector<uint32_t> next(count_), previous(count_);
    std::vector<Candidate> heap;
    const auto push = [&](uint32_t left, uint32_t right) {
      const auto merge = merges.find(long_[left].id, long_[right].id);
      if (!merge.exists()) return;
      heap.push_back({merge.rank, left, long_[left].id, long_[right].id, merge.id});
      std::push_heap(heap.begin(), heap.end());
    };
    for (uint32_t i = 0; i < count_; ++i) {
      previous[i] = i == 0 ? none : i - 1;
      next[i] = i + 1 == count_ ? none : i + 1;
    }
    for (uint32_t i = 0; i + 1 < count_; ++i)
      push(i, i + 1);
    while (!heap.empty()) {
      std::pop_heap(heap.begin(), heap.end());
      const Candidate best = heap.back();
      heap.pop_back();
      const uint32_t left = best.position, right = next[left];
      const bool current =
          long_[left].size != 0 && right != none && long_[left].id == best.left && long_[right].id == best.right;
      if (!current) continue;
      long_[left] = {best.id, long_[left].size + long_[right].size};
      long_[right].size = 0;
      next[left] = next[right];
      if (next[left] != none) previous[next[left]] = left;
      if (previous[left] != none) push(previous[left], left);
      if (next[left] != none) push(left, next[left]);
    }
  }

  std::array<Symbol, kShort> short_;
  std::vector<Symbol> long_;
  size_t count_ = 0;
};

}  // namespace sbert::text
