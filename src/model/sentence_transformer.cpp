#include <array>
#include <utility>

#include <sbert/sentence_transformer.h>

#include "base/fail.h"
#include "base/files.h"
#include "hub/pull.h"
#include "model/encode.h"
#include "model/implementation.h"
#include "model/load.h"
#include "model/save.h"

namespace sbert {

namespace {

constexpr std::array kPromptedTasks{"query", "document"};

/// With the prompt of the task's name, which is always there, if the caller has none.
EncodeOptions for_task(const char* task, EncodeOptions options) {
  options.task = task;
  if (!options.prompt && !options.prompt_name) options.prompt_name = task;
  return options;
}

}  // namespace

SentenceTransformer::SentenceTransformer(const std::string& model, const LoadOptions& options)
    : implementation_(hub::open_model_directory(model, options, [&](const std::filesystem::path& directory) {
        return load_model(directory, [&](const std::string& text) {
          if (options.notice) options.notice(concat(model, ": ", text));
        });
      })) {}

SentenceTransformer::SentenceTransformer(const std::vector<models::Module>& modules) {
  std::vector<LoadedModule> loaded;
  std::vector<std::shared_ptr<nn::Module>> all;
  for (const auto& module : modules) {
    all.push_back(module.implementation());
    loaded.push_back(without_files(module.implementation()));
  }
  nn::keep_layers_if_read(all);
  implementation_ = std::make_shared<ModelImplementation>(std::move(loaded));
}

Embeddings SentenceTransformer::encode(std::span<const std::string> texts, const EncodeOptions& options) const {
  return encode_texts(*implementation_, texts, options);
}

Embeddings SentenceTransformer::encode(std::initializer_list<std::string> texts, const EncodeOptions& options) const {
  return encode(std::span(texts.begin(), texts.size()), options);
}

std::vector<float> SentenceTransformer::encode(std::string_view text, const EncodeOptions& options) const {
  const Embeddings one = encode({std::string(text)}, options);
  return {one[0].begin(), one[0].end()};
}

Embeddings SentenceTransformer::encode_query(std::span<const std::string> texts, const EncodeOptions& options) const {
  return encode(texts, for_task("query", options));
}

Embeddings SentenceTransformer::encode_query(std::initializer_list<std::string> texts,
                                             const EncodeOptions& options) const {
  return encode_query(std::span(texts.begin(), texts.size()), options);
}

std::vector<float> SentenceTransformer::encode_query(std::string_view text, const EncodeOptions& options) const {
  return encode(text, for_task("query", options));
}

Embeddings SentenceTransformer::encode_document(std::span<const std::string> texts,
                                                const EncodeOptions& options) const {
  return encode(texts, for_task("document", options));
}

Embeddings SentenceTransformer::encode_document(std::initializer_list<std::string> texts,
                                                const EncodeOptions& options) const {
  return encode_document(std::span(texts.begin(), texts.size()), options);
}

std::vector<float> SentenceTransformer::encode_document(std::string_view text, const EncodeOptions& options) const {
  return encode(text, for_task("document", options));
}

Embeddings SentenceTransformer::similarity(const Embeddings& a, const Embeddings& b) const {
  return sbert::similarity(a, b, similarity_function());
}

SimilarityFunction SentenceTransformer::similarity_function() const {
  return implementation_->similarity_function;
}

TokenizedText SentenceTransformer::tokenize(std::string_view text, bool truncate, std::string_view task) const {
  const nn::InputModule& reader = implementation_->input().reader(task);
  auto tokens = reader.tokenize(text, truncate);
  TokenizedText result{.truncated = tokens.truncated};
  for (const int32_t id : tokens.ids)
    result.tokens.push_back(reader.token(id));
  result.ids = std::move(tokens.ids);
  return result;
}

const Tokenizer& SentenceTransformer::tokenizer() const {
  const nn::InputModule& input = implementation_->input();
  if (const Tokenizer* tokenizer = input.tokenizer()) return *tokenizer;
  fail(ErrorCode::unsupported, input.type(), " looks whole words up: the model has no tokenizer of pairs and offsets");
}

TokenizeOptions SentenceTransformer::tokenize_options() const {
  return {.max_length = max_seq_length(), .add_special_tokens = implementation_->input().add_special_tokens()};
}

void SentenceTransformer::save(const std::filesystem::path& directory) const {
  save_model(*implementation_, directory);
}

PushResult SentenceTransformer::push_to_hub(const std::string& repository, const PushOptions& options) const {
  const ScratchDirectory scratch;
  const std::filesystem::path directory = scratch.path() / "model";
  save(directory);
  return sbert::push_to_hub(directory, repository, options);
}

PushResult SentenceTransformer::save_to_hub(const std::string& repository, const PushOptions& options) const {
  return push_to_hub(repository, options);
}

size_t SentenceTransformer::embedding_dimension() const {
  return implementation_->truncate_dim != 0 ? implementation_->truncate_dim
                                            : static_cast<size_t>(implementation_->embedding_dimension());
}

size_t SentenceTransformer::max_seq_length() const {
  return static_cast<size_t>(implementation_->input().max_seq_length());
}

void SentenceTransformer::set_max_seq_length(size_t tokens) {
  implementation_->input().set_max_seq_length(static_cast<int64_t>(tokens));
}

const std::map<std::string, std::string>& SentenceTransformer::prompts() const {
  return implementation_->prompts;
}

const std::optional<std::string>& SentenceTransformer::default_prompt_name() const {
  return implementation_->default_prompt_name;
}

size_t SentenceTransformer::truncate_dim() const {
  return implementation_->truncate_dim;
}

void SentenceTransformer::set_prompts(std::map<std::string, std::string> prompts) {
  for (const char* task : kPromptedTasks)
    prompts.emplace(task, "");
  auto& name = implementation_->default_prompt_name;
  if (name && !prompts.contains(*name)) name.reset();
  implementation_->prompts = std::move(prompts);
}

void SentenceTransformer::set_default_prompt_name(const std::optional<std::string>& name) {
  if (name) require_prompt(implementation_->prompts, *name);
  implementation_->default_prompt_name = name;
}

void SentenceTransformer::set_similarity_function(SimilarityFunction function) {
  implementation_->similarity_function = function;
}

void SentenceTransformer::set_truncate_dim(size_t dimensions) {
  const auto all = static_cast<size_t>(implementation_->embedding_dimension());
  implementation_->truncate_dim = dimensions < all ? dimensions : 0;
}

}  // namespace sbert
