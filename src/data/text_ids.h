#pragma once

#include <map>
#include <string>
#include <unordered_map>

namespace sbert {

/// Gives equal texts one id and keeps the texts by id in `texts`. Ids sort in the order in which the texts came, so
/// ties in a ranking go to the earlier text.
class TextIds {
 public:
  explicit TextIds(std::map<std::string, std::string>& texts) : texts_(texts) {}

  const std::string& of(const std::string& text) {
    const auto [entry, added] = ids_.try_emplace(text);
    if (added) {
      const std::string number = std::to_string(ids_.size());
      entry->second = std::string(20 - number.size(), '0') + number;
      texts_.emplace(entry->second, text);
    }
    return entry->second;
  }

 private:
  std::map<std::string, std::string>& texts_;
  std::unordered_map<std::string, std::string> ids_;
};

}  // namespace sbert
