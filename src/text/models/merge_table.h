#pragma once

#include <cstdint>
#include <vector>

#include "text/hash.h"

namespace sbert::text {

/// Which pairs of tokens a BPE model merges: the rank of the merge (lower ones go first) and the token it makes.
class MergeTable {
 public:
  struct Merge {
    uint32_t rank = UINT32_MAX;
    int32_t id = -1;
    bool exists() const { return id >= 0; }
  };

  explicit MergeTable(size_t count) {
    size_t slots = 16;
    while (slots < count * 2)
      slots *= 2;
    slots_.resize(slots);
  }

  /// A pair that is there already gets the new merge. REQUIRES: no more pairs than the constructor was told.
  void add(int32_t left, int32_t right, Merge merge) {
    Slot& slot = slots_[slot_of(key(left, right))];
    slot = {key(left, right), merge};
  }

  Merge find(int32_t left, int32_t right) const { return slots_[slot_of(key(left, right))].merge; }

 private:
  struct Slot {
    uint64_t key = UINT64_MAX;
    Merge merge;
  };

  static uint64_t key(int32_t left, int32_t right) {
    return static_cast<uint64_t>(static_cast<uint32_t>(left)) << 32 | static_cast<uint32_t>(right);
  }

  size_t slot_of(uint64_t key) const {
    size_t slot = mix(key) & (slots_.size() - 1);
    while (slots_[slot].key != key && slots_[slot].merge.exists())
      slot = (slot + 1) & (slots_.size() - 1);
    return slot;
  }

  std::vector<Slot> slots_;
};

}  // namespace sbert::text
