#include "evaluation/duplicates.h"

#include <map>
#include <numeric>
#include <vector>

namespace sbert::evaluation {

namespace {

/// The representative of an item's group; paths are shortened on the way (union-find).
size_t root_of(std::vector<size_t>& parents, size_t item) {
  while (parents[item] != item)
    item = parents[item] = parents[parents[item]];
  return item;
}

}  // namespace

PairSet transitive_closure(const PairSet& pairs, size_t items) {
  std::vector<size_t> parents(items);
  std::iota(parents.begin(), parents.end(), size_t{0});
  for (const auto& [first, second] : pairs)
    parents[root_of(parents, second)] = root_of(parents, first);
  std::map<size_t, std::vector<size_t>> groups;
  for (size_t item = 0; item < items; ++item)
    groups[root_of(parents, item)].push_back(item);
  PairSet closure;
  for (const auto& [root, members] : groups) {
    for (size_t i = 0; i < members.size(); ++i) {
      for (size_t j = i + 1; j < members.size(); ++j)
        closure.emplace(members[i], members[j]);
    }
  }
  return closure;
}

}  // namespace sbert::evaluation
