#include "data/sampler.h"

#include <algorithm>
#include <numeric>

namespace sbert {

namespace {

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
  epoch_random(seed, epoch).shuffle(std::span(order));
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
  switch (options.batches) {
    case BatchRule::no_duplicates:
      return std::make_unique<NoDuplicatesSampler>(
          loader.examples(),
          NoDuplicatesSampler::Options{options.batch_size, options.shuffle, options.drop_last, seed});
    case BatchRule::group_by_label:
      return std::make_unique<GroupByLabelSampler>(loader.examples(), options.batch_size, options.drop_last, seed);
    case BatchRule::any:
      break;
  }
  if (options.shuffle) {
    return std::make_unique<ShuffleSampler>(examples, options.batch_size, options.drop_last, seed);
  }
  return std::make_unique<SequentialSampler>(examples, options.batch_size, options.drop_last);
}

}  // namespace sbert
