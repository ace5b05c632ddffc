#pragma once

#include <memory>
#include <string>

#include "base/json.h"
#include "text/added_tokens.h"
#include "text/model.h"
#include "text/normalizer.h"
#include "text/post_processor.h"
#include "text/pre_tokenizer.h"
#include "text/workspace.h"

namespace sbert::text {

/// The parts of a tokenizer.json, put together.
struct Pipeline {
  std::unique_ptr<Normalizer> normalizer;       // may be null
  std::unique_ptr<PreTokenizer> pre_tokenizer;  // may be null
  std::unique_ptr<Model> model;
  PostProcessor post_processor;
  AddedTokens added_tokens;
  /// Why no special tokens can be put around a text; empty if they can. Not an error until they are asked for: files of
  /// static models, which never have any, may still name those of the model they were made from.
  std::string special_tokens_problem;

  /// THROWS: corrupt_data, unsupported; the message begins with `where`.
  static Pipeline from_json(const Json& json, const std::string& where);

  /// Makes the tokens of one text, without special ones, in `workspace.tokens`; spans, if wanted, are of bytes of
  /// `text`. REQUIRES: valid UTF-8.
  void tokenize(std::string_view text, bool with_spans, Workspace& workspace) const;

 private:
  void tokenize_part(const TrackedText& text, Span part, Workspace& workspace) const;
  void add_ids(Workspace& workspace) const;
  void add_tokens_with_spans(Workspace& workspace) const;
};

}  // namespace sbert::text
