#include "tensor/packed_batch.h"

#include <algorithm>

namespace sbert {

int64_t PackedBatch::longest() const {
  int64_t longest = 0;
  for (int64_t i = 0; i < sequences(); ++i)
    longest = std::max(longest, length(i));
  return longest;
}

void PackedBatch::append(std::span<const int32_t> sequence_ids, int64_t prompt, std::string_view task) {
  ids.insert(ids.end(), sequence_ids.begin(), sequence_ids.end());
  cu_seqlens.push_back(static_cast<int32_t>(ids.size()));
  if (prompt != 0 || !prompt_lengths.empty()) {
    prompt_lengths.resize(static_cast<size_t>(sequences()));
    prompt_lengths.back() = static_cast<int32_t>(prompt);
  }
  if (!task.empty() || !tasks.empty()) {
    tasks.resize(static_cast<size_t>(sequences()));
    tasks.back() = task;
  }
}

PackedBatch PackedBatch::piece(int64_t first, int64_t last) const {
  PackedBatch part;
  const auto begin = static_cast<size_t>(this->begin(first));
  const auto end = static_cast<size_t>(this->begin(last));
  part.ids.assign(ids.begin() + static_cast<ptrdiff_t>(begin), ids.begin() + static_cast<ptrdiff_t>(end));
  if (!type_ids.empty()) {
    part.type_ids.assign(type_ids.begin() + static_cast<ptrdiff_t>(begin),
                         type_ids.begin() + static_cast<ptrdiff_t>(end));
  }
  if (!prompt_lengths.empty())
    part.prompt_lengths.assign(prompt_lengths.begin() + first, prompt_lengths.begin() + last);
  if (!tasks.empty()) part.tasks.assign(tasks.begin() + first, tasks.begin() + last);
  part.cu_seqlens.clear();
  for (int64_t i = first; i <= last; ++i)
    part.cu_seqlens.push_back(static_cast<int32_t>(this->begin(i) - this->begin(first)));
  part.before = before;
  part.before.sequences += first;
  part.before.tokens += this->begin(first);
  for (int64_t i = 0; i < first; ++i)
    part.before.token_pairs += length(i) * length(i);
  return part;
}

}  // namespace sbert
