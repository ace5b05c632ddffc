#include "text/word_vectors.h"

#include <charconv>
#include <cmath>
#include <string_view>

#include "base/fail.h"
#include "text/python_string.h"
#include "text/utf8_lines.h"

namespace sbert::text {
namespace {

void split(std::string_view line, std::string_view separator, std::vector<std::string_view>& items) {
  items.clear();
  for (size_t end = line.find(separator); end != std::string_view::npos; end = line.find(separator)) {
    items.push_back(line.substr(0, end));
    line.remove_prefix(end + separator.size());
  }
  items.push_back(line);
}

/// Through double, as Python reads it.
float parse_number(std::string_view item, const Utf8Lines& lines) {
  // from_chars knows no plus sign.
  const std::string_view digits = item.starts_with("+") && !item.starts_with("+-") ? item.substr(1) : item;
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const auto number = static_cast<float>(value);
  if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(number)) {
    fail(ErrorCode::corrupt_data, lines.where(), ": '", item.substr(0, 40), "' is not a number");
  }
  return number;
}

}  // namespace

WordVectors read_word_vectors(const std::filesystem::path& path, const std::string& separator, uint64_t max_words) {
  if (separator.empty()) fail(ErrorCode::invalid_argument, "an empty item_separator parts nothing");
  Utf8Lines lines(path);
  WordVectors vectors;
  std::vector<std::string_view> items;
  for (std::string line; lines.next(line);) {
    split(strip_right(line), separator, items);
    const size_t numbers = items.size() - 1;
    if (vectors.words.empty()) {
      if (numbers == 1) continue;
      if (numbers == 0) fail(ErrorCode::corrupt_data, lines.where(), ": no numbers follow the word");
      vectors.dimension = numbers;
      vectors.words.emplace_back("PADDING_TOKEN");
      vectors.values.resize(numbers);
    }
    if (numbers != vectors.dimension) continue;
    vectors.words.emplace_back(items.front());
    for (size_t i = 1; i < items.size(); ++i)
      vectors.values.push_back(parse_number(items[i], lines));
    if (max_words != 0 && vectors.words.size() > max_words) break;
  }
  if (vectors.words.empty()) fail(ErrorCode::corrupt_data, lines.name(), ": there are no word vectors");
  return vectors;
}

}  // namespace sbert::text
