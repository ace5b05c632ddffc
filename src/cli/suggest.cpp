#include "cli/suggest.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <vector>

namespace sbert::cli {

namespace {

char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

/// Levenshtein distance that ignores case.
size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

bool is_near(size_t distance, std::string_view word) {
  return distance <= std::max<size_t>(1, word.size() / 3);
}

}  // namespace

std::string suggest(std::string_view word, std::span<const std::string> known) {
  const auto nearest = std::min_element(known.begin(), known.end(), [word](const auto& a, const auto& b) {
    return edit_distance(word, a) < edit_distance(word, b);
  });
  if (nearest == known.end()) return "";
  if (is_near(edit_distance(word, *nearest), word)) return "; did you mean '" + *nearest + "'?";
  std::string names;
  for (const std::string& name : known)
    names += (names.empty() ? "" : ", ") + name;
  return "; known: " + names;
}

}  // namespace sbert::cli
