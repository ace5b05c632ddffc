#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace sbert::report {

/// Some of the items of a sequence whose length nobody knows before its end, evenly spread over it, the first one among
/// them: at least half of `limit`, or all.
template <class T>
class Spread {
 public:
  explicit Spread(size_t limit) : limit_(limit) {}

  /// `make`: the item; called if it is kept.
  template <class Make>
  void add(const Make& make) {
    if (seen_++ % stride_ != 0) return;
    if (kept_.size() == limit_) {
      thin();
      if ((seen_ - 1) % stride_ != 0) return;
    }
    kept_.push_back(make());
  }

  const std::vector<T>& kept() const { return kept_; }

 private:
  void thin() {
    for (size_t i = 1; 2 * i < kept_.size(); ++i)  // the first stays
      kept_[i] = std::move(kept_[2 * i]);
    kept_.resize((kept_.size() + 1) / 2);
    stride_ *= 2;
  }

  size_t limit_;
  uint64_t seen_ = 0, stride_ = 1;
  std::vector<T> kept_;
};

/// Indices of `count` of `size` items, or all, from the first to the last.
inline std::vector<size_t> spread_indices(size_t size, size_t count) {
  std::vector<size_t> chosen;
  for (size_t i = 0; i < (size < count ? size : count); ++i)
    chosen.push_back(size <= count ? i : count == 1 ? 0 : i * (size - 1) / (count - 1));
  return chosen;
}

}  // namespace sbert::report
