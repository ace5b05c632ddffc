#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <sbert/data.h>

#include "base/rng.h"

namespace sbert {

/// The batches of one epoch: indices of examples, laid end to end.
class EpochBatches {
 public:
  EpochBatches() = default;
  /// `order` cut into batches of `batch_size`.
  EpochBatches(std::vector<uint32_t> order, size_t batch_size, bool drop_last);

  void add(std::span<const uint32_t> batch) {
    order_.insert(order_.end(), batch.begin(), batch.end());
    ends_.push_back(order_.size());
  }
  size_t size() const { return ends_.size(); }
  std::span<const uint32_t> operator[](size_t batch) const {
    const size_t begin = batch == 0 ? 0 : ends_[batch - 1];
    return std::span(order_).subspan(begin, ends_[batch] - begin);
  }

 private:
  std::vector<uint32_t> order_;
  std::vector<size_t> ends_;
};

/// Decides which examples make a batch. An epoch is a pure function of the sampler's arguments and its number, so a
/// training run resumes at (epoch, batch) without replaying anything. Thread safety: const.
class BatchSampler {
 public:
  virtual ~BatchSampler() = default;
  virtual EpochBatches epoch(uint64_t epoch) const = 0;
  /// Whether all epochs have as many batches.
  virtual bool epochs_are_alike() const { return true; }
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

/// Batches in which no text occurs in two examples (64-bit hashes stand for the texts). Goes through the examples in
/// order; one that clashes is the first to be tried for the next batch. The last batches of an epoch may be smaller.
class NoDuplicatesSampler : public BatchSampler {
 public:
  struct Options {
    size_t batch_size;
    bool shuffle;
    bool drop_last;
    uint64_t seed;
  };
  /// `hashes`: of the texts, [examples, columns].
  NoDuplicatesSampler(std::vector<uint64_t> hashes, size_t columns, const Options& options)
      : options_(options), columns_(columns), hashes_(std::move(hashes)) {}
  EpochBatches epoch(uint64_t epoch) const override;
  bool epochs_are_alike() const override { return false; }

 private:
  std::span<const uint64_t> texts_of(size_t example) const {
    return std::span(hashes_).subspan(example * columns_, columns_);
  }

  Options options_;
  size_t columns_;
  std::vector<uint64_t> hashes_;
};

/// Batches made of pairs of examples with the same label, at least two labels in each: labels take turns in a random
/// order, two examples at a time, until less than two labels have pairs left. Labels with one example, and what is left
/// over, are not used in this epoch; a last batch of less than 4 examples is left out.
class GroupByLabelSampler : public BatchSampler {
 public:
  /// `labels`: of each example. REQUIRES: batch_size is even and at least 4.
  /// THROWS: invalid_argument unless at least two labels have two examples.
  GroupByLabelSampler(std::span<const float> labels, size_t batch_size, bool drop_last, uint64_t seed);
  EpochBatches epoch(uint64_t epoch) const override;
  bool epochs_are_alike() const override { return false; }

 private:
  std::vector<std::vector<uint32_t>> groups_;  ///< examples of each label that has at least two
  size_t batch_size_;
  bool drop_last_;
  uint64_t seed_;
};

/// A generator for one epoch of one run.
inline Rng epoch_random(uint64_t seed, uint64_t epoch) {
  return Rng(Rng(seed).next() ^ Rng(~epoch).next());
}

/// What samplers know of the examples.
struct SamplerKeys {
  size_t examples = 0;
  size_t columns = 0;              ///< texts of an example
  std::vector<uint64_t> hashes{};  ///< of the texts, [examples, columns]; for BatchRule::no_duplicates
  std::span<const float> labels{};
};

/// The sampler that the options ask for. THROWS: invalid_argument.
std::unique_ptr<BatchSampler> make_sampler(const DataLoaderOptions& options, SamplerKeys keys, uint64_t seed);

/// 0, 1, ..., size - 1.
std::vector<uint32_t> ordered(size_t size);

/// A permutation of [0, size), size at most 2^32, that depends on its arguments alone, on any machine.
std::vector<uint32_t> shuffled_order(size_t size, uint64_t seed, uint64_t epoch);

}  // namespace sbert
