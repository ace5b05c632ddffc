#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

#include "base/fail.h"
#include "data/sampler.h"

namespace sbert {

GroupByLabelSampler::GroupByLabelSampler(const std::vector<InputExample>& examples, size_t batch_size, bool drop_last,
                                         uint64_t seed)
    : batch_size_(batch_size), drop_last_(drop_last), seed_(seed) {
  std::map<float, std::vector<size_t>> by_label;
  for (size_t i = 0; i < examples.size(); ++i)
    by_label[examples[i].label.value()].push_back(i);
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
  std::vector<std::vector<size_t>> queues = groups_;  // pairs are taken from the back
  for (std::vector<size_t>& queue : queues) {
    random.shuffle(std::span(queue));
    queue.resize(queue.size() / 2 * 2);
  }

  EpochBatches batches;
  std::vector<size_t> batch, turn(queues.size());
  std::iota(turn.begin(), turn.end(), size_t{0});
  std::optional<size_t> last;  // label of the pair before
  while (turn.size() >= 2) {
    random.shuffle(std::span(turn));
    // Two pairs in a row must not share their label, or a batch could end up with one label only.
    if (!batch.empty() && turn.front() == last) std::swap(turn[0], turn[1]);
    for (const size_t label : turn) {
      batch.insert(batch.end(), queues[label].end() - 2, queues[label].end());
      queues[label].resize(queues[label].size() - 2);
      if (batch.size() < batch_size_) continue;
      batches.add(batch);
      batch.clear();
    }
    last = turn.back();
    std::erase_if(turn, [&](size_t label) { return queues[label].empty(); });
  }
  if (!drop_last_ && batch.size() >= 4) batches.add(batch);
  return batches;
}

}  // namespace sbert
