#include "nn/static_embedding.h"

#include <cmath>
#include <numbers>
#include <utility>

#include "base/fail.h"
#include "base/files.h"
#include "base/rng.h"
#include "tensor/ops/embedding.h"
#include "text/tokenizer.h"

namespace sbert::nn {
namespace {

/// What the file says of truncation; 0: nothing.
int64_t length_limit(const Json& tokenizer, const std::string& where) {
  const auto truncation = tokenizer.find("truncation");
  if (truncation == tokenizer.end() || truncation->is_null()) return 0;
  const auto limit = json_required<int64_t>(*truncation, "max_length", where + ": truncation");
  if (limit < 1) fail(ErrorCode::corrupt_data, where, ": truncation: 'max_length' is ", limit, "; it must be positive");
  return limit;
}

}  // namespace

StaticEmbedding::Source StaticEmbedding::open(const std::filesystem::path& tokenizer_json) {
  const std::string where = tokenizer_json.string();
  std::string bytes = read_regular_file(tokenizer_json);
  const Json json = parse_json(bytes, where);
  return {std::move(bytes), text::make_tokenizer(json, where), length_limit(json, where)};
}

StaticEmbedding::StaticEmbedding(const std::filesystem::path& tokenizer_json, int64_t rows, int64_t dimension)
    : StaticEmbedding(open(tokenizer_json), rows, dimension) {}

StaticEmbedding::StaticEmbedding(Source source, int64_t rows, int64_t dimension)
    : tokenizer_json_(std::move(source.bytes)),
      tokenizer_(std::move(source.tokenizer)),
      max_length_(source.max_length),
      table_(make_embedding({"embedding.weight", {rows, dimension}})) {
  if (dimension <= 0)
    fail(ErrorCode::invalid_argument, "StaticEmbedding: a dimension of ", dimension, " makes no sense");
}

std::shared_ptr<StaticEmbedding> StaticEmbedding::random(const std::filesystem::path& tokenizer_json, int64_t dimension,
                                                         uint64_t seed) {
  Source source = open(tokenizer_json);
  const auto rows = static_cast<int64_t>(source.tokenizer.vocab_size());
  std::shared_ptr<StaticEmbedding> module(new StaticEmbedding(std::move(source), rows, dimension));
  Parameter& table = *module->table_;
  table.value = Tensor::empty(rows, dimension);
  Rng rng(seed);
  auto* values = table.value.data<float>();
  // Box and Muller.
  for (int64_t i = 0; i < table.value.size(); ++i) {
    const double radius = std::sqrt(-2 * std::log(1 - rng.uniform()));
    values[i] = static_cast<float>(radius * std::cos(2 * std::numbers::pi * rng.uniform()));
  }
  return module;
}

InputModule::Tokens StaticEmbedding::tokenize(std::string_view text, bool truncate) const {
  auto encoding = tokenizer_.encode(
      text, {.max_length = truncate ? static_cast<size_t>(max_length_) : 0, .add_special_tokens = false});
  require_embeddings(*this, encoding.ids, table_->parts.front().shape.front());
  return {std::move(encoding.ids), encoding.truncated};
}

void StaticEmbedding::set_max_seq_length(int64_t) {
  fail(ErrorCode::invalid_argument, "StaticEmbedding reads texts of any length: it has no max_seq_length to set");
}

void StaticEmbedding::forward(Execution& run, Features& features) const {
  features.sentence_embedding = embedding_mean(run, table_, features.batch);
}

Dimensions StaticEmbedding::dimensions(const Dimensions&) const {
  return {.sentence = table_->parts.front().shape.back()};
}

std::vector<std::pair<std::string, std::string>> StaticEmbedding::files() const {
  return {{"tokenizer.json", tokenizer_json_}};
}

}  // namespace sbert::nn
