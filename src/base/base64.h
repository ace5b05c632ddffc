#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sbert {

/// Standard base64 of these bytes, with padding.
std::string encode_base64(std::string_view bytes);

/// Bytes of standard base64 with its padding; nothing if `text` is not that.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace sbert
