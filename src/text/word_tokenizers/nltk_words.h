#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sbert::text {

/// Words, punctuation and clitics of an English text, as nltk.word_tokenize(text, preserve_line=True) cuts it: "can't"
/// gives "ca", "n't", and quotes become `` and ''. REQUIRES: valid UTF-8. THROWS: unsupported if a rule needs more
/// steps than it is allowed.
std::vector<std::string> nltk_words(std::string_view text);

}  // namespace sbert::text
