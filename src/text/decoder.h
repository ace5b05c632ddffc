#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"

namespace sbert::text {

/// The way back: makes text of tokens. Steps follow each other; the text is what is left, joined. Immutable, so safe
/// from many threads.
class Decoder {
 public:
  virtual ~Decoder() = default;
  virtual void decode(std::vector<std::string>& tokens) const = 0;
};

/// Makes the decoder that `config` (an object with a "type") describes; nullptr for null, which means that tokens are
/// joined with spaces. THROWS: corrupt_data, unsupported for a type this library does not know, naming it.
std::unique_ptr<Decoder> make_decoder(const Json& config, const std::string& where);

/// Takes out the spaces that decoding puts before English punctuation and contractions.
void clean_up_tokenization(std::string& text);

}  // namespace sbert::text
