#include "text/tokenizer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "base/fail.h"
#include "hub/pull.h"
#include "text/assemble.h"
#include "text/directory.h"
#include "text/encode_traced.h"
#include "text/pipeline.h"
#include "text/truncation.h"
#include "text/utf8.h"
#include "text/workspace.h"

namespace sbert {
namespace text {

struct TokenizerImplementation {
  Pipeline pipeline;
  std::optional<int32_t> pad_id;
  mutable WorkspacePool workspaces;

  size_t room_for_tokens(const TokenizeOptions& options, bool pair) const;
  std::vector<TracedEncoding> trace(std::string_view first, std::optional<std::string_view> second,
                                    std::optional<size_t> stride, const TokenizeOptions& options,
                                    OffsetUnit unit) const;
};

namespace {

std::span<const int32_t> kept_tokens(std::span<const int32_t> ids, size_t limit, TruncationSide side) {
  const Span kept = text::kept_tokens(ids.size(), limit, side);
  return ids.subspan(kept.begin, kept.end - kept.begin);
}

std::optional<int32_t> pad_id_of(const Json& json, const Pipeline& pipeline) {
  std::string token = "[PAD]";
  if (const auto padding = json.find("padding"); padding != json.end() && padding->is_object()) {
    token = json_value<std::string>(*padding, "pad_token", token, "padding");
  }
  if (const AddedToken* added = pipeline.added_tokens.find(token)) return added->id;
  return pipeline.model->token_to_id(token);
}

}  // namespace

/// How many tokens there may be beside the special ones; THROWS if those cannot be there.
size_t TokenizerImplementation::room_for_tokens(const TokenizeOptions& options, bool pair) const {
  const auto& parts = pair ? pipeline.post_processor.pair : pipeline.post_processor.single;
  const size_t specials = options.add_special_tokens ? PostProcessor::special_count(parts) : 0;
  if (options.max_length != 0 && options.max_length < specials) {
    fail(ErrorCode::invalid_argument, "max_length ", options.max_length, " has no room for the ", specials,
         " special tokens");
  }
  const std::string& problem = pair ? pipeline.pair_problem : pipeline.single_problem;
  if (specials != 0 && !problem.empty()) fail(ErrorCode::corrupt_data, problem);
  return options.max_length == 0 ? SIZE_MAX : options.max_length - specials;
}

std::vector<TracedEncoding> TokenizerImplementation::trace(std::string_view first,
                                                           std::optional<std::string_view> second,
                                                           std::optional<size_t> stride, const TokenizeOptions& options,
                                                           OffsetUnit unit) const {
  require_utf8(first);
  if (second) require_utf8(*second);
  const auto workspace = workspaces.take();
  const TracedInput input{
      {first, second.value_or("")}, second.has_value(), room_for_tokens(options, second.has_value()), stride};
  return encode_traced(pipeline, *workspace, input, options, unit);
}

Tokenizer make_tokenizer(const Json& json, const std::string& where) {
  auto implementation = std::make_unique<TokenizerImplementation>();
  implementation->pipeline = Pipeline::from_json(json, where);
  implementation->pad_id = pad_id_of(json, implementation->pipeline);
  return Tokenizer(std::move(implementation));
}

}  // namespace text

using namespace text;

Tokenizer::Tokenizer(std::unique_ptr<TokenizerImplementation> implementation)
    : implementation_(std::move(implementation)) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

Tokenizer::Tokenizer(const std::string& model, const LoadOptions& options)
    : Tokenizer(hub::open_model_directory(model, options, from_directory)) {}

Tokenizer Tokenizer::from_json(std::string_view json, const std::string& where) {
  return make_tokenizer(parse_json(json, where), where);
}

Tokenizer Tokenizer::from_file(const std::filesystem::path& tokenizer_json) {
  return make_tokenizer(read_json_file(tokenizer_json), tokenizer_json.string());
}

Tokenizer Tokenizer::from_directory(const std::filesystem::path& directory) {
  return make_tokenizer(read_tokenizer_directory(directory), (directory / "tokenizer.json").string());
}

Encoding Tokenizer::encode(std::string_view utf8, const TokenizeOptions& options) const {
  require_utf8(utf8);
  const auto workspace = implementation_->workspaces.take();
  const size_t limit = implementation_->room_for_tokens(options, false);
  implementation_->pipeline.tokenize(utf8, *workspace);
  const std::span<const int32_t> ids = workspace->tokens.ids;
  const size_t kept = truncated_lengths({ids.size(), 0}, limit, options.truncation_strategy)[0];
  Encoding out = assemble(implementation_->pipeline.post_processor.single,
                          {kept_tokens(ids, kept, options.truncation_side), {}}, options.add_special_tokens);
  out.truncated = kept < ids.size();
  return out;
}

Encoding Tokenizer::encode_pair(std::string_view first, std::string_view second, const TokenizeOptions& options) const {
  require_utf8(first);
  require_utf8(second);
  const auto workspace = implementation_->workspaces.take();
  const size_t limit = implementation_->room_for_tokens(options, true);
  implementation_->pipeline.tokenize(first, *workspace);
  const std::vector<int32_t> first_ids = workspace->tokens.ids;
  implementation_->pipeline.tokenize(second, *workspace);
  const std::vector<int32_t>& second_ids = workspace->tokens.ids;
  const std::array lengths{first_ids.size(), second_ids.size()};
  const auto kept = truncated_lengths(lengths, limit, options.truncation_strategy);
  Encoding out = assemble(implementation_->pipeline.post_processor.pair,
                          {kept_tokens(first_ids, kept[0], options.truncation_side),
                           kept_tokens(second_ids, kept[1], options.truncation_side)},
                          options.add_special_tokens);
  out.truncated = kept != lengths;
  return out;
}

TracedEncoding Tokenizer::encode_with_offsets(std::string_view first, std::optional<std::string_view> second,
                                              const TokenizeOptions& options, OffsetUnit unit) const {
  return std::move(implementation_->trace(first, second, std::nullopt, options, unit).front());
}

std::vector<TracedEncoding> Tokenizer::encode_windows(std::string_view first, std::optional<std::string_view> second,
                                                      size_t stride, const TokenizeOptions& options,
                                                      OffsetUnit unit) const {
  return implementation_->trace(first, second, stride, options, unit);
}

std::string Tokenizer::decode(std::span<const int32_t> ids, const DecodeOptions& options) const {
  const Pipeline& pipeline = implementation_->pipeline;
  std::vector<std::string> tokens;
  for (const int32_t id : ids) {
    const AddedToken* added = pipeline.added_tokens.find(id);
    const std::string token(added ? added->decoded : pipeline.model->id_to_token(id));
    if (token.empty()) continue;
    const AddedToken* same = pipeline.added_tokens.find(token);
    if (options.skip_special_tokens && same && same->special) continue;
    tokens.push_back(token);
  }
  if (pipeline.decoder) pipeline.decoder->decode(tokens);
  std::string text;
  for (const std::string& token : tokens) {
    if (!pipeline.decoder && &token != tokens.data()) text += ' ';
    text += token;
  }
  if (options.clean_up_tokenization_spaces && pipeline.model->can_clean_up()) clean_up_tokenization(text);
  return text;
}

std::optional<int32_t> Tokenizer::token_to_id(std::string_view token) const {
  if (const AddedToken* added = implementation_->pipeline.added_tokens.find(token)) return added->id;
  return implementation_->pipeline.model->token_to_id(token);
}

std::string Tokenizer::id_to_token(int32_t id) const {
  if (const AddedToken* added = implementation_->pipeline.added_tokens.find(id)) return added->content;
  return std::string(implementation_->pipeline.model->id_to_token(id));
}

size_t Tokenizer::vocab_size() const {
  const auto& added = implementation_->pipeline.added_tokens.all();
  const auto beyond = std::ranges::count_if(
      added, [this](const auto& entry) { return !implementation_->pipeline.model->token_to_id(entry.second.content); });
  return implementation_->pipeline.model->size() + static_cast<size_t>(beyond);
}

std::optional<int32_t> Tokenizer::pad_id() const {
  return implementation_->pad_id;
}

size_t Tokenizer::special_token_count(bool pair) const {
  const PostProcessor& processor = implementation_->pipeline.post_processor;
  return PostProcessor::special_count(pair ? processor.pair : processor.single);
}

bool Tokenizer::is_special(int32_t id) const {
  const AddedToken* added = implementation_->pipeline.added_tokens.find(id);
  return added && added->special;
}

TokenizerDescription Tokenizer::description() const {
  const Pipeline& pipeline = implementation_->pipeline;
  TokenizerDescription out{.model = pipeline.model_type, .vocabulary = vocab_size()};
  if (pipeline.normalizer) {
    TrackedText text;
    text.reset("A", 0, false);
    pipeline.normalizer->normalize(text);
    out.lower_case = text.view().find('a') != std::string_view::npos;
  }
  for (const auto& [id, token] : pipeline.added_tokens.all()) {
    if (token.special) out.special_tokens.emplace_back(token.content, id);
  }
  return out;
}

void Tokenizer::prepend_lowercase() {
  Pipeline& pipeline = implementation_->pipeline;
  if (pipeline.normalizer && pipeline.normalizer->is_lowercase()) return;
  pipeline.normalizer = lowercase_before(std::move(pipeline.normalizer));
  pipeline.added_tokens.prepare(pipeline.normalizer.get());
}

}  // namespace sbert
