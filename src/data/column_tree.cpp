#include "data/column_tree.h"

namespace sbert {

std::optional<size_t> ColumnTree::find(const std::string& name) const {
  const auto found = places_.find(name);
  return found == places_.end() ? std::nullopt : std::optional(found->second);
}

bool ColumnTree::has(std::span<const std::string> path) const {
  if (path.empty()) return true;
  const std::optional<size_t> place = find(path.front());
  return place && members_[*place].has(path.subspan(1));
}

size_t ColumnTree::find_or_add(const std::string& name, size_t guess) {
  if (const auto place = find(name, guess)) return *place;
  places_.emplace(name, names_.size());
  names_.push_back(name);
  members_.emplace_back();
  return names_.size() - 1;
}

void ColumnTree::add(const Value& row) {
  size_t guess = 0;
  for (const auto& [name, value] : row.record()) {
    ColumnTree& column = members_[find_or_add(name, guess++)];
    if (value.is_record()) {
      column.add(value);
    } else if (!value.is_null()) {
      column.plain_ = true;
    }
  }
}

void ColumnTree::add(const ColumnTree& other) {
  plain_ = plain_ || other.plain_;
  for (size_t i = 0; i < other.names_.size(); ++i)
    members_[find_or_add(other.names_[i], i)].add(other.members_[i]);
}

void ColumnTree::add(const std::string& name, const ColumnTree& members) {
  members_[find_or_add(name, names_.size())].add(members);
}

const ColumnTree& ColumnTree::members(size_t index) const {
  static const ColumnTree kNone;
  return members_[index].plain_ ? kNone : members_[index];
}

}  // namespace sbert
