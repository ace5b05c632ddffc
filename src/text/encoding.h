#pragma once

#include <string>
#include <string_view>

namespace sbert::text {

enum class TextEncoding {
  utf8,
  latin1,       ///< ISO 8859-1
  windows1252,  ///< Latin-1 with quotation marks, dashes and the euro where that has control characters
};

/// Text in an encoding with one byte a character, as UTF-8. `where` begins the message.
/// THROWS: corrupt_data for a byte that is no character; in Latin-1 also for control characters that would be printable
/// ones in windows-1252, as that is what such files are.
std::string decode_bytes(std::string_view bytes, TextEncoding encoding, const std::string& where);

}  // namespace sbert::text
