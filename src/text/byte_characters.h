#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sbert::text {

/// The printable character that stands for a byte in the vocabularies of byte-level models ("Ġ" for a space), as GPT-2
/// chose them: visible Latin-1 characters stand for themselves, the others were given U+0100 and on.
char32_t character_of_byte(char byte);

/// The bytes that a token of such a vocabulary stands for; nothing if it has a character that stands for no byte.
std::optional<std::string> bytes_of_characters(std::string_view token);

}  // namespace sbert::text
