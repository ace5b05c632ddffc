#pragma once

#include <cstddef>
#include <set>
#include <utility>

namespace sbert::evaluation {

/// Unordered pairs of different items, smaller one first.
using PairSet = std::set<std::pair<size_t, size_t>>;

/// All pairs of items that are connected through `pairs`. `items`: an upper bound of all indices.
PairSet transitive_closure(const PairSet& pairs, size_t items);

}  // namespace sbert::evaluation
