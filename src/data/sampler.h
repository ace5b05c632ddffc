#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <sbert/data.h>

namespace sbert {

/// The batches of one epoch: indices of examples, laid end to end.
class EpochBatches {
 public:
  void add(std::span<const size_t> batch) {
    order_.insert(order_.end(), batch.begin(), batch.end());
    ends_.push_back(order_.size());
  }
  size_t size() const { return ends_.size(); }
  std::span<const size_t> operator[](size_t batch) const {
    const size_t begin = batch == 0 ? 0 : ends_[batch - 1];
    return std::span(order_).subspan(begin, ends_[batch] - begin);
  }

 private:
  std::vector<size_t> order_;
  std::vector<size_t> ends_;
};

/// Decides which examples make a batch. An epoch is a pure function of the sampler's arguments and its number, so a
/// training run resumes at (epoch, batch) without replaying anything. Thread safety: const.
class BatchSampler {
 public:
  virtual ~BatchSampler() = default;
  virtual EpochBatches epoch(uint64_t epoch) const = 0;
};

/// Examples in their order, cut into batches.
class SequentialSampler : public BatchSampler {
 public:
  SequentialSampler(size_t examples, size_t batch_size, bool drop_last)
      : examples_(examples), batch_size_(batch_size), drop_last_(drop_last) {}
  EpochBatches epoch(uint64_t epoch) const override;

 private:
  size_t examples_, batch_size_;
  bool drop_last_;
};

/// Examples in a random order, another one each epoch, cut into batches.
class ShuffleSampler : public BatchSampler {
 public:
  ShuffleSampler(size_t examples, size_t batch_size, bool drop_last, uint64_t seed)
      : examples_(examples), batch_size_(batch_size), drop_last_(drop_last), seed_(seed) {}
  EpochBatches epoch(uint64_t epoch) const override;

 private:
  size_t examples_, batch_size_;
  bool drop_last_;
  uint64_t seed_;
};

/// The sampler that the loader's options ask for.
std::unique_ptr<BatchSampler> make_sampler(const DataLoader& loader, uint64_t seed);

/// A permutation of [0, size) that depends on its arguments alone, on any machine.
std::vector<size_t> shuffled_order(size_t size, uint64_t seed, uint64_t epoch);

}  // namespace sbert
