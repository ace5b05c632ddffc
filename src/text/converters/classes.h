#pragma once

#include <string>

#include "text/converters/sources.h"

namespace sbert::text {

/// The class that transformers' AutoTokenizer takes for a directory: what tokenizer_config.json names (or else
/// config.json), unless the type of the model or the tokenizer.json itself is known to go with another. Without "Fast"
/// at its end; empty for TokenizersBackend, which takes a tokenizer.json as it is, and so does every class that
/// transformers does not know. THROWS: corrupt_data; unsupported if the directory brings a class of its own, or one
/// that is not made of such files.
std::string tokenizer_class(const TokenizerSources& sources);

}  // namespace sbert::text
