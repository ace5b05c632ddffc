#pragma once

#include <memory>
#include <string>

#include "base/json.h"
#include "text/pieces.h"

namespace sbert::text {

/// Second step of a tokenizer: cuts the normalized text into pieces that no token crosses. Immutable, so safe from many
/// threads.
class PreTokenizer {
 public:
  virtual ~PreTokenizer() = default;
  virtual void pre_tokenize(Pieces& pieces) const = 0;

  /// Whether it can only work on a text that tracks origins.
  virtual bool needs_origins() const { return false; }

  /// Asks a pre-tokenizer whose last step writes bytes as characters to leave the bytes as they are from now on, for a
  /// model that can take them; false if it has no such step.
  virtual bool leave_bytes() { return false; }
};

/// Makes the pre-tokenizer that `config` (an object with a "type") describes; nullptr for null.
/// THROWS: corrupt_data, unsupported for a type this library does not know, naming it.
std::unique_ptr<PreTokenizer> make_pre_tokenizer(const Json& config, const std::string& where);

}  // namespace sbert::text
