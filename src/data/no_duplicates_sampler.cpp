#include <algorithm>
#include <functional>
#include <numeric>
#include <string_view>
#include <unordered_set>

#include "data/sampler.h"

namespace sbert {

NoDuplicatesSampler::NoDuplicatesSampler(const std::vector<InputExample>& examples, const Options& options)
    : options_(options), columns_(examples.empty() ? 0 : examples.front().texts.size()) {
  hashes_.reserve(examples.size() * columns_);
  for (const InputExample& example : examples) {
    for (const std::string& text : example.texts)
      hashes_.push_back(std::hash<std::string_view>{}(text));
  }
}

EpochBatches NoDuplicatesSampler::epoch(uint64_t epoch) const {
  const size_t examples = columns_ == 0 ? 0 : hashes_.size() / columns_;
  std::vector<size_t> waiting;  // in the order of the epoch
  if (options_.shuffle) {
    waiting = shuffled_order(examples, options_.seed, epoch);
  } else {
    waiting.resize(examples);
    std::iota(waiting.begin(), waiting.end(), size_t{0});
  }

  EpochBatches batches;
  std::vector<size_t> batch, clashing;
  std::unordered_set<uint64_t> texts;
  for (size_t begin = 0; begin < waiting.size();) {
    batch.clear();
    clashing.clear();
    texts.clear();
    while (begin < waiting.size() && batch.size() < options_.batch_size) {
      const size_t example = waiting[begin++];
      const std::span<const uint64_t> own = texts_of(example);
      const auto is_there = [&](uint64_t text) { return texts.count(text) > 0; };
      if (std::any_of(own.begin(), own.end(), is_there)) {
        clashing.push_back(example);
      } else {
        batch.push_back(example);
        texts.insert(own.begin(), own.end());
      }
    }
    if (batch.size() == options_.batch_size || !options_.drop_last) batches.add(batch);
    // Those that clashed are the first of the next batch, in front of what has not been looked at.
    begin -= clashing.size();
    std::copy(clashing.begin(), clashing.end(), waiting.begin() + static_cast<std::ptrdiff_t>(begin));
  }
  return batches;
}

}  // namespace sbert
