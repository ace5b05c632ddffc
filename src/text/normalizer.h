#pragma once

#include <memory>
#include <string>

#include "base/json.h"
#include "text/tracked_text.h"

namespace sbert::text {

/// First step of a tokenizer: rewrites the text (lower case, no accents, ...). Immutable, so safe from many threads.
class Normalizer {
 public:
  virtual ~Normalizer() = default;
  virtual void normalize(TrackedText& text) const = 0;

  /// Whether this is the Lowercase normalizer or a sequence that holds it. BertNormalizer is neither, even with
  /// `lowercase`: sentence-transformers asks this question in just this way.
  virtual bool is_lowercase() const { return false; }
};

/// Makes the normalizer that `config` (an object with a "type") describes; nullptr for null.
/// THROWS: corrupt_data, unsupported for a type this library does not know, naming it.
std::unique_ptr<Normalizer> make_normalizer(const Json& config, const std::string& where);

/// Lowercase, then `rest` (which may be null).
std::unique_ptr<Normalizer> lowercase_before(std::unique_ptr<Normalizer> rest);

}  // namespace sbert::text
