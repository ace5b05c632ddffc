#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "text/hash.h"

namespace sbert::text {

/// Remembers the token ids of pieces: most words of a text have been seen before. A fixed number of places, two for
/// each hash: a new piece takes the second, and moves to the first when it is seen again, so that words seen once do
/// not drive out frequent ones, and most words are found in the first. Not safe from many threads; each has its own.
class WordCache {
 public:
  WordCache() : sets_(kSets) {}

  static constexpr size_t kMaxBytes = 32, kMaxIds = 7;

  /// A piece in the form that is looked up: its bytes, then zeros, and its size.
  struct Key {
    std::array<uint64_t, kMaxBytes / 8> words{};
    size_t size = 0;
  };

  /// REQUIRES: `piece.size() <= kMaxBytes`; the bytes up to `readable_end` may be read, which saves time if there are
  /// enough of them.
  static Key key(std::string_view piece, const char* readable_end) {
    static_assert(std::endian::native == std::endian::little, "a key's first byte is its lowest");
    Key key;
    key.size = piece.size();
    if (static_cast<size_t>(readable_end - piece.data()) < kMaxBytes) {
      std::memcpy(key.words.data(), piece.data(), piece.size());
      return key;
    }
    const auto load = [&](size_t i) {
      uint64_t word;
      std::memcpy(&word, piece.data() + i * 8, 8);
      const size_t left = piece.size() > i * 8 ? std::min<size_t>(piece.size() - i * 8, 8) : 0;
      key.words[i] = left == 0 ? 0 : word & UINT64_MAX >> (64 - left * 8);
    };
    load(0);
    load(1);
    if (piece.size() > 16) {
      load(2);
      load(3);
    }
    return key;
  }

  /// Writes the ids of the piece at `ids`, which must have room for `kMaxIds`; returns how many, 0 if they are not
  /// known.
  size_t find(const Key& key, int32_t* ids) {
    Set& set = sets_[set_of(key)];
    if (!set[0].holds(key)) {
      if (!set[1].holds(key)) return 0;
      std::swap(set[0], set[1]);
    }
    std::memcpy(ids, set[0].ids.data(), sizeof set[0].ids);  // of a size the compiler knows
    return set[0].count;
  }

  void put(const Key& key, std::span<const int32_t> ids) {
    if (ids.empty() || ids.size() > kMaxIds) return;
    Entry& entry = sets_[set_of(key)][1];
    entry.words = key.words;
    entry.size = static_cast<uint8_t>(key.size);
    entry.count = static_cast<uint8_t>(ids.size());
    std::ranges::copy(ids, entry.ids.begin());
  }

 private:
  static constexpr size_t kSets = 16384;  // 2 MB: what is used often fits a core's second-level cache

  struct alignas(64) Entry {
    std::array<uint64_t, kMaxBytes / 8> words{};
    std::array<int32_t, kMaxIds> ids{};
    uint8_t size = UINT8_MAX;  // no key's: the place is free
    uint8_t count = 0;

    bool holds(const Key& key) const {
      uint64_t different = size ^ key.size;
      for (size_t i = 0; i < words.size(); ++i)
        different |= words[i] ^ key.words[i];
      return different == 0;
    }
  };
  static_assert(sizeof(Entry) == 64);
  using Set = std::array<Entry, 2>;

  static size_t set_of(const Key& key) {
    const uint64_t low = key.words[0] * 0x9e3779b97f4a7c15u ^ std::rotl(key.words[1], 29) * 0xd6e8feb86659fd93u;
    const uint64_t high = key.words[2] * 0xa0761d6478bd642fu ^ std::rotl(key.words[3], 31) * 0xe7037ed1a0b428dbu;
    return mix(low ^ std::rotl(high, 17) ^ key.size) >> 40 & (kSets - 1);
  }

  std::vector<Set> sets_;
};

}  // namespace sbert::text
