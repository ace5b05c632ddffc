#include "train/step_batches.h"

#include <algorithm>

#include "base/fail.h"
#include "data/sampler.h"

namespace sbert {
namespace {

/// Keeps the order of objectives apart from the order within one, which has the same seed.
constexpr uint64_t kOrderSeed = 0x6f626a6563746976;

}  // namespace

std::vector<BatchPlace> epoch_order(std::span<const size_t> sizes, Mixing mixing, uint64_t seed, uint64_t epoch) {
  std::vector<BatchPlace> order;
  if (mixing == Mixing::round_robin) {
    const size_t rounds = *std::min_element(sizes.begin(), sizes.end());
    for (size_t batch = 0; batch < rounds; ++batch) {
      for (size_t objective = 0; objective < sizes.size(); ++objective)
        order.push_back({objective, batch});
    }
    return order;
  }
  std::vector<size_t> turns;
  for (size_t objective = 0; objective < sizes.size(); ++objective)
    turns.insert(turns.end(), sizes[objective], objective);
  std::vector<size_t> taken(sizes.size());
  for (const size_t turn : shuffled_order(turns.size(), seed ^ kOrderSeed, epoch)) {
    const size_t objective = turns[turn];
    order.push_back({objective, taken[objective]++});
  }
  return order;
}

StepBatches::StepBatches(std::span<ObjectiveBatches> objectives, const FitOptions& options)
    : objectives_(objectives),
      mixing_(options.mixing),
      seed_(options.seed),
      accumulation_(options.gradient_accumulation_steps),
      first_steps_{0} {
  const auto complete = [&] {
    return options.max_steps != 0 ? first_steps_.back() >= options.max_steps : first_steps_.size() > options.epochs;
  };
  const bool alike =
      std::all_of(objectives.begin(), objectives.end(), [](const auto& data) { return data.epochs_are_alike(); });
  begin_epoch(0);
  while (!complete()) {
    if (!alike) begin_epoch(first_steps_.size() - 1);
    first_steps_.push_back(first_steps_.back() + (order_.size() + accumulation_ - 1) / accumulation_);
  }
  total_steps_ = options.max_steps != 0 ? options.max_steps : first_steps_.back();
  if (!alike) begin_epoch(0);
}

void StepBatches::begin_epoch(uint64_t epoch) {
  std::vector<size_t> sizes;
  for (ObjectiveBatches& objective : objectives_) {
    objective.begin_epoch(epoch);
    sizes.push_back(objective.batches_per_epoch());
  }
  order_ = epoch_order(sizes, mixing_, seed_, epoch);
  if (order_.empty()) fail(ErrorCode::invalid_argument, "the data makes no batch in epoch ", epoch + 1);
  epoch_ = epoch;
}

size_t StepBatches::epoch_of(uint64_t step) const {
  const auto next = std::upper_bound(first_steps_.begin(), first_steps_.end() - 1, step);
  return static_cast<size_t>(next - first_steps_.begin()) - 1;
}

double StepBatches::epoch(uint64_t steps) const {
  if (steps == 0) return 0;
  const size_t epoch = epoch_of(steps - 1);
  const uint64_t begin = first_steps_[epoch];
  return static_cast<double>(epoch) +
         static_cast<double>(steps - begin) / static_cast<double>(first_steps_[epoch + 1] - begin);
}

bool StepBatches::ends_epoch(uint64_t steps) const {
  return std::binary_search(first_steps_.begin() + 1, first_steps_.end(), steps);
}

std::span<const BatchPlace> StepBatches::operator[](uint64_t step) {
  const size_t epoch = epoch_of(step);
  if (epoch != epoch_) begin_epoch(epoch);
  const uint64_t begin = (step - first_steps_[epoch]) * accumulation_;
  return std::span(order_).subspan(begin, std::min<uint64_t>(accumulation_, order_.size() - begin));
}

}  // namespace sbert
