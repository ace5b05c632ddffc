#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "text/tracked_text.h"

namespace sbert::text {

/// Tokens as a model finds them, with the bytes of its input they stand for if somebody wants them.
struct Tokens {
  std::vector<int32_t> ids;
  std::vector<Span> spans;
  bool with_spans = false;

  void clear() {
    ids.clear();
    spans.clear();
  }
  void add(int32_t id, size_t begin, size_t end) {
    ids.push_back(id);
    if (with_spans) spans.push_back({begin, end});
  }
};

/// Third step of a tokenizer: makes tokens of a piece. Immutable, so safe from many threads.
class Model {
 public:
  virtual ~Model() = default;

  /// Appends the tokens of `piece`, with spans relative to it. REQUIRES: valid UTF-8, not empty.
  virtual void tokenize(std::string_view piece, Tokens& out) const = 0;

  /// Whether `take_bytes` may be called: from then on pieces are bytes and not the characters that stand for them in
  /// the vocabularies of byte-level models, and need not be UTF-8.
  virtual bool can_take_bytes() const { return false; }
  virtual void take_bytes() {}

  /// A character before which every text may be cut, where it does not follow itself, without changing a token; empty:
  /// there is none. Texts that no pre-tokenizer has cut are cut there, so that words can be remembered.
  virtual std::string_view word_start() const { return {}; }

  /// Whether decoded texts may be cleaned up. Those of byte pair models have only spaces that the text had.
  virtual bool can_clean_up() const { return true; }

  virtual std::optional<int32_t> token_to_id(std::string_view token) const = 0;
  /// Empty for an id that is no token.
  virtual std::string_view id_to_token(int32_t id) const = 0;
  /// Number of tokens; ids may be larger where the vocabulary has holes.
  virtual size_t size() const = 0;
};

/// "WordPiece", "BPE", ...: what `config` describes. THROWS: corrupt_data.
std::string model_type(const Json& config, const std::string& where);

/// Makes the model that `config` describes. THROWS: corrupt_data, unsupported for a type this library does not know.
std::unique_ptr<Model> make_model(const Json& config, const std::string& where);

}  // namespace sbert::text
