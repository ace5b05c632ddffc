#include "cli/weighted_words.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/fail.h"
#include "text/utf8_lines.h"

namespace sbert::cli {
namespace {

constexpr std::string_view kSpace = " \t";

double parse_weight(std::string_view text, const text::Utf8Lines& lines) {
  double weight = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), weight);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(weight)) {
    fail(ErrorCode::corrupt_data, lines.where(), ": should be a word, or a word and its weight, but '", text,
         "' is no number");
  }
  return weight;
}

}  // namespace

WeightedWords read_weighted_words(const std::filesystem::path& path) {
  WeightedWords all;
  text::Utf8Lines lines(path);
  for (std::string line; lines.next(line);) {
    text::remove_carriage_return(line);
    const size_t begin = line.find_first_not_of(kSpace);
    if (begin == std::string::npos) continue;
    const size_t end = std::min(line.find_first_of(kSpace, begin), line.size());
    const std::string& word = all.words.emplace_back(line.substr(begin, end - begin));
    const size_t weight = line.find_first_not_of(kSpace, end);
    if (weight == std::string::npos) continue;
    const size_t last = line.find_last_not_of(kSpace);
    all.weights[word] = parse_weight(std::string_view(line).substr(weight, last + 1 - weight), lines);
  }
  if (all.words.empty()) fail(ErrorCode::corrupt_data, lines.name(), ": there is no word in it");
  return all;
}

std::vector<std::string> tokens_of(const nn::InputModule& input) {
  std::vector<std::string> tokens;
  for (size_t id = 0; id < input.describe_tokenizer().vocabulary; ++id)
    tokens.push_back(input.token(static_cast<int32_t>(id)));
  return tokens;
}

}  // namespace sbert::cli
