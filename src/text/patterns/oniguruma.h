#pragma once

#include <string>
#include <string_view>

namespace sbert::text {

/// Spells a regular expression for PCRE2 so that it matches what it matches in Oniguruma, which Hugging Face's
/// tokenizers use: \s, \d, \w, \h and \b, the general categories of its later Unicode, classes within classes and their
/// intersections, \u0041, {,3}. `where` begins error messages. THROWS: unsupported for a property that is not
/// known here, a class without an end, or more than anybody writes.
std::string spell_for_pcre(std::string_view expression, const std::string& where);

}  // namespace sbert::text
