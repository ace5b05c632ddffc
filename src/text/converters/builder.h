#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "text/converters/sources.h"

namespace sbert::text {

/// A special token that a class of transformers has whether or not the configuration names it.
struct NamedToken {
  const char* key;      // "cls_token"
  const char* content;  // unless the configuration says otherwise
  bool lstrip = false;  // whether it swallows the white space before it, unless the configuration has flags for it
};

/// Puts a tokenizer.json together as transformers does: a model, and around it what a class of tokenizers adds.
class TokenizerBuilder {
 public:
  explicit TokenizerBuilder(Json model);
  /// Begins with all of a tokenizer.json. THROWS: corrupt_data if it is not an object or its added tokens are none.
  static TokenizerBuilder from_tokenizer_json(Json tokenizer, const std::string& where);

  /// The added tokens: first those that were saved with their ids, then the special ones.
  void add_tokens(const TokenizerSources& sources, std::span<const NamedToken> named, const std::vector<Json>& extra);

  /// The id of `content`, or of the special token called `key` if nothing has it. THROWS: corrupt_data if that has
  /// none.
  Json id_or(const std::string& content, const std::string& key, const std::string& where) const;

  /// Special tokens, named ones and `extra`, are found as they are written, whatever was said of them before.
  void drop_flags(const std::vector<Json>& extra);

  Json& operator[](const char* part) { return tokenizer_[part]; }

  /// The content of the special token called `key`; empty if there is none.
  std::string content(const std::string& key) const;
  /// ["[SEP]", 102] for the special token called `key`. THROWS: corrupt_data if there is none.
  Json token_and_id(const std::string& key, const std::string& where) const;

  Json finish() { return std::move(tokenizer_); }

 private:
  const Json* vocabulary() const;
  void index_vocabulary();
  std::optional<int64_t> id_of(const std::string& content) const;
  void add(const Json& token);

  Json tokenizer_;
  std::unordered_map<std::string_view, int64_t> pieces_;  // of a vocabulary that is a list, in `tokenizer_`
  std::unordered_map<std::string, int64_t> new_ids_;      // of added tokens that the vocabulary does not have
  int64_t next_id_ = 0;
  std::vector<std::pair<std::string, std::string>> contents_;  // (key, content) of named tokens
};

/// One part of a template: a special token, or "$A" or "$B".
struct TemplatePart {
  std::string content;
  int type_id = 0;
};

/// A TemplateProcessing; `special` lists ["[CLS]", 101] of the tokens in it.
Json template_processing(const std::vector<TemplatePart>& single, const std::vector<TemplatePart>& pair,
                         const std::vector<Json>& special);

/// A BPE model as sentencepiece has it; `model` has vocabulary and merges.
Json sentencepiece_bpe(Json model, bool byte_fallback, Json unk_token);

/// A Unigram model whose scores go from Python to the model as they are; those in a tokenizer.json that is read as such
/// are rounded twice (score.h).
Json unigram_model(Json vocab, int64_t unk_id);
/// The special tokens of fairseq, and the mask token.
std::vector<NamedToken> fairseq_tokens(bool mask_strips);
std::vector<Json> special_tokens(const std::vector<std::string>& contents, const TokenizerSources& sources);

/// What transformers puts around texts where a class has no post-processor of its own: what add_bos_token and
/// add_eos_token ask for.
Json bos_eos_processing(const TokenizerSources& sources, const TokenizerBuilder& builder);
Json bos_eos_processing(bool add_bos, bool add_eos, const TokenizerSources& sources, const TokenizerBuilder& builder);
/// The post-processor of the directory's tokenizer.json; that, where it has none.
Json saved_or_bos_eos_processing(const TokenizerSources& sources, const TokenizerBuilder& builder);

}  // namespace sbert::text
