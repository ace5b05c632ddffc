#include <algorithm>
#include <map>
#include <optional>

#include "base/fail.h"
#include "data/sampler.h"

namespace sbert {

GroupByLabelSampler::GroupByLabelSampler(std::span<const float> labels, size_t batch_size, bool drop_last,
                                         uint64_t seed)
    : batch_size_(batch_size), drop_last_(drop_last), seed_(seed) {
  std::map<float, std::vector<uint32_t>> by_label;
  for (size_t i = 0; i < labels.size(); ++i)
    by_label[labels[i]].push_back(static_cast<uint32_t>(i));
  for (auto& [label, group] : by_label) {
    if (group.size() >= 2) groups_.push_back(std::move(group));
  }
  if (groups_.size() < 2) {
    fail(ErrorCode::invalid_argument, "batches grouped by label need at least two labels with two examples each; of ",
         by_label.size(), " labels ", groups_.size(), groups_.size() == 1 ? " has" : " have", " two");
  }
}

EpochBatches GroupByLabelSampler::epoch(uint64_t epoch) const {
  Rng random = epoch_random(seed_, epoch);
  std::vector<std::vector<uint32_t>> queues = groups_;  // pairs are taken from the back
  for (std::vector<uint32_t>& queue : queues) {
    random.shuffle(std::span(queue));
    queue.resize(queue.size() / 2 * 2);
  }

  EpochBatches batches;
  std::vector<uint32_t> batch, turn = ordered(queues.size());
  std::optional<uint32_t> last;  // label of the pair before
  while (turn.size() >= 2) {
    random.shuffle(std::span(turn));
    // Two pairs in a row must not share their label, or a batch could end up with one label only.
    if (!batch.empty() && turn.front() == last) std::swap(turn[0], turn[1]);
    for (const uint32_t label : turn) {
      batch.insert(batch.end(), queues[label].end() - 2, queues[label].end());
      queues[label].resize(queues[label].size() - 2);
      if (batch.size() < batch_size_) continue;
      batches.add(batch);
      batch.clear();
    }
    last = turn.back();
    std::erase_if(turn, [&](uint32_t label) { return queues[label].empty(); });
  }
  if (!drop_last_ && batch.size() >= 4) batches.add(batch);
  return batches;
}

}  // namespace sbert
