#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace sbert::text {

/// A set of byte strings with a number each, for finding which of them a text continues with. A double-array trie: the
/// child of node n by byte b is at `base(n) ^ b`, so following a byte is two loads and no search. Immutable once built.
class ByteTrie {
 public:
  static constexpr int32_t kNone = -1;
  using Node = uint32_t;
  static constexpr Node kRoot = 0;
  static constexpr Node kNowhere = UINT32_MAX;

  ByteTrie() : ByteTrie(std::vector<std::pair<std::string_view, int32_t>>{}) {}
  /// Of equal keys the first counts. REQUIRES: values >= 0.
  explicit ByteTrie(std::vector<std::pair<std::string_view, int32_t>> keys);

  /// The node that `byte` leads to from `node`, or `kNowhere`.
  Node step(Node node, unsigned char byte) const {
    const Node next = units_[node].base ^ byte;
    return units_[next].parent == node ? next : kNowhere;
  }

  Node walk(Node node, std::string_view bytes) const {
    for (const char byte : bytes) {
      if (node == kNowhere) break;
      node = step(node, static_cast<unsigned char>(byte));
    }
    return node;
  }

  /// Number of the key that ends at `node`, `kNone` if none does.
  int32_t value(Node node) const { return units_[node].value; }

  struct Match {
    int32_t value = kNone;
    size_t size = 0;
  };

  /// The longest key (but not the empty one) that `text` starts with, read from `node` on.
  Match longest(std::string_view text, Node node = kRoot) const {
    Match best;
    for (size_t i = 0; i < text.size(); ++i) {
      node = step(node, static_cast<unsigned char>(text[i]));
      if (node == kNowhere) break;
      if (value(node) != kNone) best = {value(node), i + 1};
    }
    return best;
  }

 private:
  struct Unit {
    uint32_t base = 0;
    Node parent = kNowhere;
    int32_t value = kNone;
  };
  friend class ByteTrieBuilder;

  std::vector<Unit> units_;  // base ^ byte is within it for every node and byte
};

}  // namespace sbert::text
