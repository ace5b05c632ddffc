#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "text/converters/sentencepiece_model.h"

namespace sbert::text {

/// What a model directory says of its tokenizer, for a converter to make a tokenizer.json of. Tokens are objects as in
/// the "added_tokens" of a tokenizer.json, without ids.
struct TokenizerSources {
  std::filesystem::path directory;
  Json config = Json::object();    // tokenizer_config.json and, as transformers joins them, special_tokens_map.json
  Json tokenizer;                  // tokenizer.json; null if there is none
  std::vector<Json> added_tokens;  // those that were saved with their ids, in that order
  std::optional<SentencePieceModel> spm;  // if the vocabulary is that of a sentencepiece model

  std::string where() const { return (directory / "tokenizer_config.json").string(); }
  bool has(const char* file) const;

  /// An option of the configuration. THROWS: corrupt_data if it has another type.
  template <class T>
  T option(const char* key, T fallback) const {
    return json_value<T>(config, key, std::move(fallback), where());
  }

  /// A switch as Python takes it: null is off. THROWS: corrupt_data if it is neither.
  bool flag(const char* key, bool fallback) const;
  /// The same where null is an error.
  bool strict_flag(const char* key, bool fallback) const;

  /// The tokens that the configuration has a list of under that name, if it has.
  std::optional<std::vector<Json>> listed_tokens(const char* key) const;
  /// Tokens that are special without having a name: those that are listed, or else the class's `own`.
  std::vector<Json> extra_tokens(std::vector<Json> own) const;
  /// The same for a class that adds its own to those that special_tokens_map.json lists under the older name.
  std::vector<Json> extra_tokens_beside(std::vector<Json> own, bool own_first) const;
};

/// Reads all but vocabularies. THROWS: io, corrupt_data.
TokenizerSources read_tokenizer_sources(const std::filesystem::path& directory);

/// A token that a configuration writes as its content or as an object with flags; those that are missing are false, and
/// `normalized` is what `special` is not.
Json make_token(const Json& value, bool special, const std::string& where);

}  // namespace sbert::text
