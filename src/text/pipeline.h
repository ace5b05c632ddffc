#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "text/added_tokens.h"
#include "text/decoder.h"
#include "text/model.h"
#include "text/normalizer.h"
#include "text/post_processor.h"
#include "text/pre_tokenizer.h"
#include "text/traced_token.h"
#include "text/workspace.h"

namespace sbert::text {

/// The parts of a tokenizer.json, put together.
struct Pipeline {
  std::unique_ptr<Normalizer> normalizer;       // may be null
  std::unique_ptr<PreTokenizer> pre_tokenizer;  // may be null
  std::unique_ptr<Model> model;
  std::string model_type;
  PostProcessor post_processor;
  std::unique_ptr<Decoder> decoder;  // may be null
  AddedTokens added_tokens;
  /// Why no special tokens can be put around a text, or a pair of texts; empty if they can. Not an error until they are
  /// asked for: files of static models, which never have any, may still name those of the model they were made from.
  std::string single_problem, pair_problem;

  /// THROWS: corrupt_data, unsupported; the message begins with `where`.
  static Pipeline from_json(const Json& json, const std::string& where);

  /// Makes the ids of one text, without special tokens, in `workspace.tokens`. REQUIRES: valid UTF-8.
  void tokenize(std::string_view text, Workspace& workspace) const;

  /// The same ids with where they come from, slower. REQUIRES: valid UTF-8.
  void trace(std::string_view text, Workspace& workspace, std::vector<TracedToken>& out) const;

 private:
  void add_ids(Workspace& workspace) const;
};

/// Cuts added tokens out of a text and normalizes what lies between them. Calls `on_token(token, text, span)` for each
/// added token and `on_text(text, span)` for each other part; `text` tracks origins if `track`.
template <class OnToken, class OnText>
void cut_added_tokens(const Pipeline& pipeline, std::string_view text, bool track, Workspace& workspace,
                      OnToken on_token, OnText on_text) {
  TrackedText& current = workspace.text;
  workspace.raw_parts.clear();
  pipeline.added_tokens.in_raw_text().cut(text, workspace.raw_parts);
  for (const auto& raw : workspace.raw_parts) {
    current.reset(text.substr(raw.span.begin, raw.span.end - raw.span.begin), raw.span.begin, track);
    if (raw.token) {
      on_token(*raw.token, current, Span{0, current.view().size()});
      continue;
    }
    if (pipeline.normalizer) pipeline.normalizer->normalize(current);
    workspace.normalized_parts.clear();
    pipeline.added_tokens.in_normalized_text().cut(current.view(), workspace.normalized_parts);
    for (const auto& part : workspace.normalized_parts) {
      if (part.token) {
        on_token(*part.token, current, part.span);
      } else {
        on_text(current, part.span);
      }
    }
  }
}

}  // namespace sbert::text
