#include <algorithm>
#include <functional>
#include <queue>
#include <unordered_map>
#include <unordered_set>

#include "data/sampler.h"

namespace sbert {
namespace {

/// Examples by their places in the order of an epoch, the earliest first.
using Places = std::priority_queue<uint32_t, std::vector<uint32_t>, std::greater<>>;

/// Examples that clashed wait with the text that was there already. Once a batch is complete, its texts are free again,
/// but only the first that waits with each is worth trying: when it gets into a batch, its text is taken again. So an
/// answer that a million questions share costs nothing but its turns.
class Waiting {
 public:
  void add(uint64_t text, uint32_t place) { by_text_[text].push(place); }

  /// The first that waits with the text may be tried.
  void release(uint64_t text) {
    const auto found = by_text_.find(text);
    if (found == by_text_.end()) return;
    ready_.push({found->second.top(), text});
    found->second.pop();
    if (found->second.empty()) by_text_.erase(found);
  }

  struct Candidate {
    uint32_t place;
    uint64_t text;  ///< that it waited with
    bool operator>(const Candidate& other) const { return place > other.place; }
  };
  bool has_ready() const { return !ready_.empty(); }
  Candidate take() {
    const Candidate candidate = ready_.top();
    ready_.pop();
    return candidate;
  }

 private:
  std::unordered_map<uint64_t, Places> by_text_;
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> ready_;
};

}  // namespace

EpochBatches NoDuplicatesSampler::epoch(uint64_t epoch) const {
  const size_t examples = columns_ == 0 ? 0 : hashes_.size() / columns_;
  const std::vector<uint32_t> order =
      options_.shuffle ? shuffled_order(examples, options_.seed, epoch) : ordered(examples);
  EpochBatches batches;
  std::vector<uint32_t> batch;
  std::unordered_set<uint64_t> texts;  // in the batch
  Waiting waiting;
  // Puts the example into the batch, or lets it wait.
  const auto try_example = [&](uint32_t place) {
    const std::span<const uint64_t> own = texts_of(order[place]);
    const auto clash = std::find_if(own.begin(), own.end(), [&](uint64_t text) { return texts.contains(text); });
    if (clash != own.end()) return waiting.add(*clash, place);
    batch.push_back(order[place]);
    texts.insert(own.begin(), own.end());
  };

  for (uint32_t next = 0; next < order.size() || waiting.has_ready();) {
    while (batch.size() < options_.batch_size && waiting.has_ready()) {
      const Waiting::Candidate candidate = waiting.take();
      try_example(candidate.place);
      // It may wait with another text now, and the next one need not.
      if (!texts.contains(candidate.text)) waiting.release(candidate.text);
    }
    while (batch.size() < options_.batch_size && next < order.size())
      try_example(next++);
    if (batch.size() == options_.batch_size || !options_.drop_last) batches.add(batch);
    batch.clear();
    for (const uint64_t text : texts)
      waiting.release(text);
    texts.clear();
  }
  return batches;
}

}  // namespace sbert
