#include "data/equal_columns.h"

#include <map>
#include <string_view>
#include <utility>

namespace sbert {

void EqualColumns::add(const std::vector<std::string>& texts) {
  if (first_.empty()) first_.resize(texts.size());
  // Columns that part from the first of their group may still be equal to each other.
  std::map<std::pair<size_t, std::string_view>, size_t> parted;
  for (size_t i = 0; i < texts.size(); ++i) {
    if (texts[i] != texts[first_[i]]) first_[i] = parted.try_emplace({first_[i], texts[i]}, i).first->second;
  }
}

}  // namespace sbert
