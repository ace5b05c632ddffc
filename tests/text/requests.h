#pragma once

#include <string>

#include "base/json.h"
#include "text/tokenizer.h"

namespace sbert::text {

/// What the tokenizer makes of a request, as tests/interop/tokenizers_differential.py writes what the reference makes
/// of it: of a text; of an object with one or two texts and options of truncation; of ids to decode. Fails the test
/// where two ways to the same answer differ. Offsets and words are left out unless `with_places`.
std::string answer(const Tokenizer& tokenizer, const Json& request, bool with_places = true);

}  // namespace sbert::text
