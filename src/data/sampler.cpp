#include "data/sampler.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/fail.h"

namespace sbert {

EpochBatches::EpochBatches(std::vector<uint32_t> order, size_t batch_size, bool drop_last) : order_(std::move(order)) {
  for (size_t end = batch_size; end <= order_.size(); end += batch_size)
    ends_.push_back(end);
  const bool rest = order_.size() % batch_size != 0;
  if (rest && !drop_last) ends_.push_back(order_.size());
}

std::vector<uint32_t> ordered(size_t size) {
  std::vector<uint32_t> order(size);
  std::iota(order.begin(), order.end(), uint32_t{0});
  return order;
}

std::vector<uint32_t> shuffled_order(size_t size, uint64_t seed, uint64_t epoch) {
  std::vector<uint32_t> order = ordered(size);
  epoch_random(seed, epoch).shuffle(std::span(order));
  return order;
}

EpochBatches SequentialSampler::epoch(uint64_t /*epoch*/) const {
  return {ordered(examples_), batch_size_, drop_last_};
}

EpochBatches ShuffleSampler::epoch(uint64_t epoch) const {
  return {shuffled_order(examples_, seed_, epoch), batch_size_, drop_last_};
}

std::unique_ptr<BatchSampler> make_sampler(const DataLoaderOptions& options, SamplerKeys keys, uint64_t seed) {
  if (keys.examples > std::numeric_limits<uint32_t>::max()) {
    fail(ErrorCode::unsupported, keys.examples, " examples are more than can be mixed: split the data into ",
         "several objectives, or train one part after the other");
  }
  switch (options.batches) {
    case BatchRule::no_duplicates:
      return std::make_unique<NoDuplicatesSampler>(
          std::move(keys.hashes), keys.columns,
          NoDuplicatesSampler::Options{options.batch_size, options.shuffle, options.drop_last, seed});
    case BatchRule::group_by_label:
      return std::make_unique<GroupByLabelSampler>(keys.labels, options.batch_size, options.drop_last, seed);
    case BatchRule::any:
      break;
  }
  if (options.shuffle) {
    return std::make_unique<ShuffleSampler>(keys.examples, options.batch_size, options.drop_last, seed);
  }
  return std::make_unique<SequentialSampler>(keys.examples, options.batch_size, options.drop_last);
}

}  // namespace sbert
