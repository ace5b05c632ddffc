#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sbert {

/// Which columns held the same texts in all rows so far, in time that is linear in the columns.
class EqualColumns {
 public:
  /// REQUIRES: as many texts as before.
  void add(const std::vector<std::string>& texts);
  /// For each column the first one that was equal to it: itself, if no earlier one was.
  const std::vector<size_t>& first_equal() const { return first_; }

 private:
  std::vector<size_t> first_;
};

}  // namespace sbert
