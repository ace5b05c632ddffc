#include "cli/option_values.h"

#include "base/yaml.h"

namespace sbert::cli {

std::vector<std::string_view> split_outside_brackets(std::string_view text, char separator) {
  std::vector<std::string_view> items;
  size_t begin = 0, depth = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '[') ++depth;
    if (i < text.size() && text[i] == ']' && depth > 0) --depth;
    if (i < text.size() && (text[i] != separator || depth > 0)) continue;
    items.push_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  return items;
}

Json option_value(std::string_view text) {
  if (!text.starts_with('[') || !text.ends_with(']')) return Json(plain_scalar(text));
  Json list = Json::array();
  for (const std::string_view item : split_outside_brackets(text.substr(1, text.size() - 2), ','))
    list.push_back(Json(plain_scalar(item)));
  return list;
}

}  // namespace sbert::cli
