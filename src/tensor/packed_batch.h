#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sbert {

/// Sequences laid end to end, without padding. Sequence i is tokens [cu_seqlens[i], cu_seqlens[i + 1]).
struct PackedBatch {
  std::vector<int32_t> ids;               ///< [T]
  std::vector<int32_t> type_ids;          ///< [T], or empty: all 0
  std::vector<int32_t> cu_seqlens = {0};  ///< [N + 1], first 0, last T
  std::vector<int32_t> prompt_lengths;    ///< [N], tokens of a sequence that are its prompt, or empty: all 0
  std::vector<std::string> tasks;         ///< [N], what a sequence is for, such as "query", or empty: nothing special

  /// What lies before this piece of a batch that is computed in pieces; dropout masks depend on it, so that they are
  /// those of the whole.
  struct Before {
    int64_t sequences = 0;
    int64_t tokens = 0;
    int64_t token_pairs = 0;  ///< sum of length^2
  } before{};

  int64_t tokens() const { return static_cast<int64_t>(ids.size()); }
  int64_t sequences() const { return static_cast<int64_t>(cu_seqlens.size()) - 1; }
  int64_t begin(int64_t sequence) const { return cu_seqlens[static_cast<size_t>(sequence)]; }
  int64_t length(int64_t sequence) const { return cu_seqlens[static_cast<size_t>(sequence) + 1] - begin(sequence); }
  int64_t prompt_length(int64_t sequence) const {
    return prompt_lengths.empty() ? 0 : prompt_lengths[static_cast<size_t>(sequence)];
  }
  std::string_view task(int64_t sequence) const {
    return tasks.empty() ? std::string_view() : tasks[static_cast<size_t>(sequence)];
  }
  /// Length of the longest sequence.
  int64_t longest() const;

  /// `prompt`: how many of the tokens are the prompt.
  void append(std::span<const int32_t> sequence_ids, int64_t prompt = 0, std::string_view task = {});

  /// Sequences [first, last).
  PackedBatch piece(int64_t first, int64_t last) const;
};

}  // namespace sbert
