#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "text/tracked_text.h"

namespace sbert::text {

/// A part of a text and whether it is a match of a pattern or what lies between two.
struct Match {
  Span span;
  bool matched;
};

/// What Split, Replace and other parts of a tokenizer look for in a text. Immutable, so safe from many threads.
class Pattern {
 public:
  virtual ~Pattern() = default;

  /// Appends parts that together are the whole text, in order. THROWS: unsupported if a regular expression needs more
  /// steps than it is allowed.
  virtual void find_all(std::string_view text, std::vector<Match>& out) const = 0;
};

/// From {"String": "..."} or {"Regex": "..."}. The regular expressions that common models use are hand-written
/// scanners, exact to the last character; others go through PCRE2, whose letters and digits are those of its own
/// Unicode version. THROWS: corrupt_data; unsupported for an expression PCRE2 does not understand.
std::unique_ptr<Pattern> make_pattern(const Json& config, const std::string& where);

/// What becomes of the matches when a text is split at them.
enum class SplitBehavior { removed, isolated, merged_with_previous, merged_with_next, contiguous };

SplitBehavior read_split_behavior(const Json& config, const char* key, const std::string& where);

/// Applies `behavior` in place: afterwards `parts` holds what is kept.
void apply(SplitBehavior behavior, std::vector<Match>& parts);

}  // namespace sbert::text
