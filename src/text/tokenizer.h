#pragma once

#include <string>

#include <sbert/tokenizer.h>

#include "base/json.h"

namespace sbert::text {

/// Of a tokenizer.json that is parsed already; `where` begins error messages. THROWS: as Tokenizer::from_json.
Tokenizer make_tokenizer(const Json& json, const std::string& where);

}  // namespace sbert::text
