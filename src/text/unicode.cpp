#include "text/unicode.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace sbert::text::unicode {

char32_t compose(char32_t first, char32_t second) {
  const std::span<const tables::Composition> all(tables::compositions, tables::composition_count);
  const auto key = [](const tables::Composition& pair) { return std::tuple(pair.first, pair.second); };
  const auto wanted = std::tuple(first, second);
  const auto found = std::ranges::lower_bound(all, wanted, {}, key);
  return found != all.end() && key(*found) == wanted ? found->composed : 0;
}

uint8_t script(char32_t c) {
  const std::span<const tables::ScriptRange> all(tables::script_ranges, tables::script_range_count);
  const auto next = std::ranges::upper_bound(all, c, {}, &tables::ScriptRange::first);
  return std::prev(next)->script;
}

}  // namespace sbert::text::unicode
