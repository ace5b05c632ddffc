#pragma once

#include <memory>
#include <string>

#include "text/pattern.h"

namespace sbert::text {

/// A pattern that PCRE2 matches. Tokenizers' files are written for Oniguruma with Ruby's syntax; what differs and
/// matters is translated (white space, ^ and $ at every line).
/// THROWS: unsupported if PCRE2 does not understand it.
std::unique_ptr<Pattern> make_pcre_pattern(const std::string& expression, const std::string& where);

/// A rule that replaces every match of a regular expression, in PCRE2's own language ("$1" is a group). Immutable, so
/// safe from many threads.
class Substitution {
 public:
  /// REQUIRES: PCRE2 understands both.
  Substitution(const std::string& expression, std::string replacement);
  Substitution(Substitution&&) noexcept;
  ~Substitution();

  /// THROWS: unsupported if it needs more steps than it is allowed.
  std::string operator()(std::string_view text) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sbert::text
