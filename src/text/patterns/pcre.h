#pragma once

#include <memory>
#include <string>

#include "text/pattern.h"

namespace sbert::text {

/// A pattern that PCRE2 matches. Tokenizers' files are written for Oniguruma with Ruby's syntax; what differs and
/// matters is translated (white space, ^ and $ at every line).
/// THROWS: unsupported if PCRE2 does not understand it.
std::unique_ptr<Pattern> make_pcre_pattern(const std::string& expression, const std::string& where);

}  // namespace sbert::text
