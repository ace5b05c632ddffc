#pragma once

#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <sbert/dataset.h>

namespace sbert {

/// The columns that rows have, in the order in which they first occur: the union over all rows. A column that holds
/// records has columns of its own.
class ColumnTree {
 public:
  /// REQUIRES: `row` is a record.
  void add(const Value& row);
  void add(const ColumnTree& other);
  void add(const std::string& name, const ColumnTree& members);

  const std::vector<std::string>& names() const { return names_; }
  /// Of column `index`; empty unless it holds records, and nothing else.
  const ColumnTree& members(size_t index) const;
  std::optional<size_t> find(const std::string& name) const;
  /// Whether it leads to a column, down through records.
  bool has(std::span<const std::string> path) const;
  /// The same; `guess` is where it would be if rows are alike.
  std::optional<size_t> find(const std::string& name, size_t guess) const {
    return guess < names_.size() && names_[guess] == name ? guess : find(name);
  }

 private:
  size_t find_or_add(const std::string& name, size_t guess);

  std::vector<std::string> names_;
  std::unordered_map<std::string, size_t> places_;
  std::vector<ColumnTree> members_;
  bool plain_ = false;  ///< something was here that is no record
};

}  // namespace sbert
