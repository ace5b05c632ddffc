#include "text/unicode.h"

#include <algorithm>
#include <tuple>

namespace sbert::text::unicode {

char32_t compose(char32_t first, char32_t second) {
  const std::span<const tables::Composition> all(tables::compositions, tables::composition_count);
  const auto key = [](const tables::Composition& pair) { return std::tuple(pair.first, pair.second); };
  const auto wanted = std::tuple(first, second);
  const auto found = std::ranges::lower_bound(all, wanted, {}, key);
  return found != all.end() && key(*found) == wanted ? found->composed : 0;
}

}  // namespace sbert::text::unicode
