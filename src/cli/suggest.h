#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sbert::cli {

/// "; did you mean 'x'?" for the one of `known` that is nearest to `word`, else "; known: a, b, c".
std::string suggest(std::string_view word, std::span<const std::string> known);

}  // namespace sbert::cli
