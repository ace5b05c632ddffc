#include "text/pipeline.h"

#include <algorithm>
#include <span>

#include "base/fail.h"

namespace sbert::text {

namespace {

const Json& part_of(const Json& json, const char* key) {
  static const Json null;
  const auto found = json.find(key);
  return found == json.end() ? null : *found;
}

/// What is wrong with the special tokens that `parts` put around a text, empty if nothing is.
std::string problem_of(const std::vector<PostProcessor::Part>& parts, const Pipeline& pipeline,
                       const std::string& where) {
  for (const auto& part : parts) {
    if (part.kind != PostProcessor::Part::Kind::special) continue;
    const bool known = pipeline.added_tokens.find(part.token) || pipeline.model->token_to_id(part.token);
    if (!known) return concat(where, ": post_processor: token '", part.token, "' is not in the vocabulary");
    const bool possible = pipeline.added_tokens.find(part.id) || !pipeline.model->id_to_token(part.id).empty();
    if (!possible) return concat(where, ": post_processor: no token has id ", part.id, ", given to '", part.token, "'");
  }
  return {};
}

/// Cuts before each `start` but those that follow another.
void split_words(std::string_view start, Pieces& pieces) {
  pieces.split([start](std::string_view piece, auto keep) {
    size_t begin = 0;
    size_t after = piece.starts_with(start) ? start.size() : 0;  // the last `start` that was met
    for (size_t at = piece.find(start, after); at != piece.npos; at = piece.find(start, after)) {
      if (at != after) {
        keep(begin, at);
        begin = at;
      }
      after = at + start.size();
    }
    keep(begin, piece.size());
  });
}

}  // namespace

Pipeline Pipeline::from_json(const Json& json, const std::string& where) {
  if (!json.is_object()) fail(ErrorCode::corrupt_data, where, ": should be an object");
  if (!json.contains("model")) fail(ErrorCode::corrupt_data, where, ": 'model' is missing");
  Pipeline pipeline;
  pipeline.normalizer = make_normalizer(part_of(json, "normalizer"), where + ": normalizer");
  pipeline.pre_tokenizer = make_pre_tokenizer(part_of(json, "pre_tokenizer"), where + ": pre_tokenizer");
  pipeline.model = make_model(json["model"], where + ": model");
  pipeline.model_type = text::model_type(json["model"], where + ": model");
  // A byte-level model takes bytes as they are, which saves writing each as a character.
  if (pipeline.pre_tokenizer && pipeline.model->can_take_bytes() && pipeline.pre_tokenizer->leave_bytes()) {
    pipeline.model->take_bytes();
  }
  pipeline.post_processor = make_post_processor(part_of(json, "post_processor"), where + ": post_processor");
  pipeline.decoder = make_decoder(part_of(json, "decoder"), where + ": decoder");
  pipeline.added_tokens =
      AddedTokens::from_json(part_of(json, "added_tokens"), *pipeline.model, where + ": added_tokens");
  // Not of the format: put there by read_tokenizer_directory.
  if (json_value<bool>(json, "encode_special_tokens", false, where)) pipeline.added_tokens.leave_special_tokens();
  pipeline.added_tokens.prepare(pipeline.normalizer.get());
  pipeline.single_problem = problem_of(pipeline.post_processor.single, pipeline, where);
  pipeline.pair_problem = problem_of(pipeline.post_processor.pair, pipeline, where);
  return pipeline;
}

void Pipeline::tokenize(std::string_view text, Workspace& workspace) const {
  workspace.tokens.clear();
  cut_added_tokens(
      *this, text, pre_tokenizer && pre_tokenizer->needs_origins(), workspace,
      [&](const AddedToken& token, const TrackedText&, Span) { workspace.tokens.add(token.id, 0, 0); },
      [&](const TrackedText& normalized, Span part) {
        workspace.pieces.reset(normalized, part);
        if (pre_tokenizer) pre_tokenizer->pre_tokenize(workspace.pieces);
        if (!model->word_start().empty()) split_words(model->word_start(), workspace.pieces);
        add_ids(workspace);
      });
}

void Pipeline::add_ids(Workspace& workspace) const {
  constexpr size_t kTogether = 64;
  const std::string_view text = workspace.pieces.text().view();
  const char* const end = text.data() + text.size();
  const std::vector<Span>& spans = workspace.pieces.spans();
  std::vector<int32_t>& ids = workspace.tokens.ids;
  size_t count =
      ids.size();  // of ids that are written; behind them is room for what the cache knows of the next pieces
  for (size_t i = 0; i < spans.size(); ++i) {
    if (ids.size() < count + WordCache::kMaxIds) {
      ids.resize(count + WordCache::kMaxIds * std::min(kTogether, spans.size() - i));
    }
    const std::string_view piece = text.substr(spans[i].begin, spans[i].end - spans[i].begin);
    const bool fits = piece.size() <= WordCache::kMaxBytes;
    const WordCache::Key key = fits ? WordCache::key(piece, end) : WordCache::Key();
    const size_t known = fits ? workspace.words.find(key, ids.data() + count) : 0;
    count += known;
    if (known > 0) continue;
    ids.resize(count);
    model->tokenize(piece, workspace.tokens);
    if (fits) workspace.words.put(key, std::span(ids).subspan(count));
    count = ids.size();
  }
  ids.resize(count);
}

}  // namespace sbert::text
