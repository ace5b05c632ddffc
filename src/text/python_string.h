#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What methods of Python's str answer: word tokenizers are defined by them. All are pure and REQUIRE valid UTF-8.
namespace sbert::text {

/// str.split(): the words between white space, none of them empty. The views are of `text`.
std::vector<std::string_view> split_words(std::string_view text);
/// str.rstrip()
std::string_view strip_right(std::string_view text);
/// str.strip(string.punctuation): ASCII only.
std::string_view strip_punctuation(std::string_view text);
/// str.lower(): whole mappings, a sigma at the end of a word is a final one. Of the newest Unicode: a Python of an
/// older one leaves the letters alone that it does not know.
std::string lower_case(std::string_view text);

}  // namespace sbert::text
