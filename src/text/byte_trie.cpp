#include "text/byte_trie.h"

#include <algorithm>
#include <span>

namespace sbert::text {

/// Places the nodes one after the other, each where its children fit between those already placed.
class ByteTrieBuilder {
 public:
  using Keys = std::span<const std::pair<std::string_view, int32_t>>;

  explicit ByteTrieBuilder(std::vector<ByteTrie::Unit>& units) : units_(units) {}

  void build(Keys keys) {
    grow();
    used_[0] = true;
    place(ByteTrie::kRoot, keys, 0);
    while (!open_.empty()) {
      const Open next = open_.back();
      open_.pop_back();
      place(next.node, next.keys, next.depth);
    }
  }

 private:
  struct Open {
    ByteTrie::Node node;
    Keys keys;
    size_t depth;
  };

  /// `keys` (sorted) are those that lead through `node`, which is reached after `depth` bytes.
  void place(ByteTrie::Node node, Keys keys, size_t depth) {
    if (!keys.empty() && keys.front().first.size() == depth) units_[node].value = keys.front().second;
    while (!keys.empty() && keys.front().first.size() == depth)
      keys = keys.subspan(1);
    bytes_.clear();
    for (const auto& key : keys) {
      const auto byte = static_cast<unsigned char>(key.first[depth]);
      if (bytes_.empty() || bytes_.back() != byte) bytes_.push_back(byte);
    }
    if (bytes_.empty()) return;
    const uint32_t base = find_base();
    units_[node].base = base;
    for (const unsigned char byte : bytes_) {
      const auto count =
          std::ranges::find_if(keys,
                               [&](const auto& key) { return static_cast<unsigned char>(key.first[depth]) != byte; }) -
          keys.begin();
      const ByteTrie::Node child = base ^ byte;
      used_[child] = true;
      units_[child].parent = node;
      open_.push_back({child, keys.first(static_cast<size_t>(count)), depth + 1});
      keys = keys.subspan(static_cast<size_t>(count));
    }
  }

  /// First free place for a node with the children `bytes_`. Once a stretch is nearly full it is not searched again.
  uint32_t find_base() {
    for (size_t tried = 0, slot = first_free_;; ++slot) {
      while (slot + 256 >= used_.size())
        grow();
      if (used_[slot]) continue;
      if (tried == 0) first_free_ = slot;
      if (++tried == 64) first_free_ = slot;
      const auto base = static_cast<uint32_t>(slot ^ bytes_.front());
      if (std::ranges::none_of(bytes_, [&](unsigned char byte) { return used_[base ^ byte]; })) return base;
    }
  }

  void grow() {
    used_.resize(used_.size() + 4096, false);
    units_.resize(used_.size());
  }

  std::vector<ByteTrie::Unit>& units_;
  std::vector<bool> used_;
  std::vector<Open> open_;
  std::vector<unsigned char> bytes_;
  size_t first_free_ = 1;
};

ByteTrie::ByteTrie(std::vector<std::pair<std::string_view, int32_t>> keys) {
  std::ranges::stable_sort(keys, {}, &std::pair<std::string_view, int32_t>::first);
  ByteTrieBuilder(units_).build(keys);
}

}  // namespace sbert::text
