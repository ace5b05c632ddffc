#include "data/data_address.h"

#include <filesystem>
#include <system_error>

namespace sbert {

namespace {

bool is_directory(std::string_view path) {
  std::error_code none;
  return std::filesystem::is_directory(path, none);
}

}  // namespace

bool is_hub_address(std::string_view text) {
  return text.starts_with(kHubPrefix);
}

std::string_view data_place(std::string_view text) {
  if (is_hub_address(text)) return text.substr(0, text.find(':', kHubPrefix.size()));
  for (size_t end = text.size(); end != 0 && end != std::string_view::npos; end = text.rfind(':', end - 1)) {
    if (is_directory(text.substr(0, end))) return text.substr(0, end);
  }
  return text.substr(0, text.find(':'));
}

std::string_view data_address(std::string_view text) {
  const std::string_view place = data_place(text);
  if (place.size() == text.size() || !(is_hub_address(place) || is_directory(place))) return place;
  return text.substr(0, text.find(':', place.size() + 1));
}

}  // namespace sbert
