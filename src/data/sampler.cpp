#include "data/sampler.h"

#include <algorithm>
#include <numeric>

namespace sbert {

namespace {

/// SplitMix64 (Steele et al. 2014): one multiply-xor-shift chain a number.
class SplitMix64 {
 public:
  explicit SplitMix64(uint64_t seed) : state_(seed) {}

  uint64_t next() {
    state_ += 0x9e3779b97f4a7c15u;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  /// Uniform in [0, bound): numbers from the incomplete last stretch of the range are drawn again.
  uint64_t below(uint64_t bound) {
    const uint64_t reject = (0 - bound) % bound;
    uint64_t value = next();
    while (value < reject)
      value = next();
    return value % bound;
  }

 private:
  uint64_t state_;
};

EpochBatches cut(const std::vector<size_t>& order, size_t batch_size, bool drop_last) {
  EpochBatches batches;
  for (size_t begin = 0; begin < order.size(); begin += batch_size) {
    const size_t size = std::min(batch_size, order.size() - begin);
    if (size < batch_size && drop_last) break;
    batches.add(std::span(order).subspan(begin, size));
  }
  return batches;
}

}  // namespace

std::vector<size_t> shuffled_order(size_t size, uint64_t seed, uint64_t epoch) {
  std::vector<size_t> order(size);
  std::iota(order.begin(), order.end(), size_t{0});
  SplitMix64 random(SplitMix64(seed).next() ^ SplitMix64(~epoch).next());
  for (size_t i = size; i > 1; --i)
    std::swap(order[i - 1], order[random.below(i)]);  // Fisher-Yates
  return order;
}

EpochBatches SequentialSampler::epoch(uint64_t /*epoch*/) const {
  std::vector<size_t> order(examples_);
  std::iota(order.begin(), order.end(), size_t{0});
  return cut(order, batch_size_, drop_last_);
}

EpochBatches ShuffleSampler::epoch(uint64_t epoch) const {
  return cut(shuffled_order(examples_, seed_, epoch), batch_size_, drop_last_);
}

std::unique_ptr<BatchSampler> make_sampler(const DataLoader& loader, uint64_t seed) {
  const DataLoaderOptions& options = loader.options();
  const size_t examples = loader.examples().size();
  if (options.shuffle) {
    return std::make_unique<ShuffleSampler>(examples, options.batch_size, options.drop_last, seed);
  }
  return std::make_unique<SequentialSampler>(examples, options.batch_size, options.drop_last);
}

}  // namespace sbert
