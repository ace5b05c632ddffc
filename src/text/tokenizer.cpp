#include "text/tokenizer.h"

#include <algorithm>
#include <span>

#include "base/fail.h"
#include "base/files.h"
#include "text/directory.h"
#include "text/pipeline.h"
#include "text/utf8.h"
#include "text/workspace.h"

namespace sbert::text {

struct Tokenizer::Impl {
  Pipeline pipeline;
  std::optional<int32_t> pad_id;
  std::vector<std::pair<std::string, std::string>> files;
  mutable WorkspacePool workspaces;
};

namespace {

std::optional<int32_t> pad_id_of(const Json& json, const Pipeline& pipeline) {
  std::string token = "[PAD]";
  if (const auto padding = json.find("padding"); padding != json.end() && padding->is_object()) {
    token = json_value<std::string>(*padding, "pad_token", token, "padding");
  }
  if (const AddedToken* added = pipeline.added_tokens.find(token)) return added->id;
  return pipeline.model->token_to_id(token);
}

}  // namespace

Tokenizer::Tokenizer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

Tokenizer Tokenizer::from_json(const Json& json, const std::string& where) {
  auto impl = std::make_unique<Impl>();
  impl->pipeline = Pipeline::from_json(json, where);
  impl->pad_id = pad_id_of(json, impl->pipeline);
  impl->files = {{"tokenizer.json", json.dump()}};
  return Tokenizer(std::move(impl));
}

Tokenizer Tokenizer::from_file(const std::filesystem::path& tokenizer_json) {
  std::string text = read_file(tokenizer_json);
  Tokenizer out = from_json(parse_json(text, tokenizer_json.string()), tokenizer_json.string());
  out.impl_->files = {{"tokenizer.json", std::move(text)}};
  return out;
}

Tokenizer Tokenizer::from_directory(const std::filesystem::path& directory) {
  TokenizerDirectory files = read_tokenizer_directory(directory);
  Tokenizer out = from_json(files.tokenizer, (directory / "tokenizer.json").string());
  out.impl_->files = std::move(files.files);
  return out;
}

Encoding Tokenizer::encode(std::string_view utf8, const EncodeOptions& options) const {
  require_utf8(utf8);
  const auto& parts = impl_->pipeline.post_processor.single;
  const size_t specials = options.add_special_tokens ? PostProcessor::special_count(parts) : 0;
  if (options.max_length != 0 && options.max_length < specials) {
    fail(ErrorCode::invalid_argument, "max_length ", options.max_length, " has no room for the ", specials,
         " special tokens");
  }
  if (specials != 0 && !impl_->pipeline.special_tokens_problem.empty()) {
    fail(ErrorCode::corrupt_data, impl_->pipeline.special_tokens_problem);
  }
  const auto workspace = impl_->workspaces.take();
  impl_->pipeline.tokenize(utf8, false, *workspace);
  std::span<const int32_t> ids = workspace->tokens.ids;
  Encoding out;
  if (options.max_length != 0 && ids.size() > options.max_length - specials) {
    ids = ids.first(options.max_length - specials);
    out.truncated = true;
  }
  out.ids.reserve(ids.size() + specials);
  out.type_ids.reserve(ids.size() + specials);
  for (const auto& part : parts) {
    if (part.kind != PostProcessor::Part::Kind::special) {
      out.ids.insert(out.ids.end(), ids.begin(), ids.end());
    } else if (options.add_special_tokens) {
      out.ids.push_back(part.id);
    }
    out.type_ids.resize(out.ids.size(), part.type_id);
  }
  return out;
}

std::optional<int32_t> Tokenizer::token_to_id(std::string_view token) const {
  if (const AddedToken* added = impl_->pipeline.added_tokens.find(token)) return added->id;
  return impl_->pipeline.model->token_to_id(token);
}

std::string Tokenizer::id_to_token(int32_t id) const {
  if (const AddedToken* added = impl_->pipeline.added_tokens.find(id)) return added->content;
  return std::string(impl_->pipeline.model->id_to_token(id));
}

size_t Tokenizer::vocab_size() const {
  const auto& added = impl_->pipeline.added_tokens.all();
  const auto beyond = std::ranges::count_if(
      added, [this](const auto& entry) { return !impl_->pipeline.model->token_to_id(entry.second.content); });
  return impl_->pipeline.model->size() + static_cast<size_t>(beyond);
}

std::optional<int32_t> Tokenizer::pad_id() const {
  return impl_->pad_id;
}

size_t Tokenizer::special_token_count() const {
  return PostProcessor::special_count(impl_->pipeline.post_processor.single);
}

bool Tokenizer::is_special(int32_t id) const {
  const AddedToken* added = impl_->pipeline.added_tokens.find(id);
  return added && added->special;
}

void Tokenizer::prepend_lowercase() {
  Pipeline& pipeline = impl_->pipeline;
  if (pipeline.normalizer && pipeline.normalizer->is_lowercase()) return;
  pipeline.normalizer = lowercase_before(std::move(pipeline.normalizer));
  pipeline.added_tokens.prepare(pipeline.normalizer.get());
}

const std::vector<std::pair<std::string, std::string>>& Tokenizer::files() const {
  return impl_->files;
}

}  // namespace sbert::text
