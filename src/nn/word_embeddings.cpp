#include "nn/word_embeddings.h"

#include <utility>

#include "base/fail.h"
#include "base/naming_file.h"
#include "tensor/ops/embedding.h"

namespace sbert::nn {

WordEmbeddings::WordEmbeddings(std::unique_ptr<text::WordTokenizer> tokenizer, int64_t rows, int64_t dimension,
                               const Settings& settings)
    : tokenizer_(std::move(tokenizer)),
      update_embeddings_(settings.update_embeddings),
      table_(make_embedding({kTable, {rows, dimension}})) {
  if (dimension <= 0) {
    fail(ErrorCode::invalid_argument, "WordEmbeddings: a dimension of ", dimension, " makes no sense");
  }
  set_max_seq_length(settings.max_seq_length);
  table_->frozen = !update_embeddings_;
  table_->requires_grad = update_embeddings_;
}

std::shared_ptr<WordEmbeddings> WordEmbeddings::open(const std::filesystem::path& directory, int64_t rows,
                                                     int64_t dimension) {
  const std::string where = (directory / kConfigFile).string();
  const Json config = read_json_file(where);
  auto tokenizer =
      text::open_word_tokenizer(json_required<std::string>(config, "tokenizer_class", where), directory, where);
  const Settings settings{
      .update_embeddings = json_value(config, "update_embeddings", false, where),
      .max_seq_length = json_value(config, "max_seq_length", Settings().max_seq_length, where),
  };
  return naming_file(where,
                     [&] { return std::make_shared<WordEmbeddings>(std::move(tokenizer), rows, dimension, settings); });
}

InputModule::Tokens WordEmbeddings::tokenize(std::string_view text, bool truncate) const {
  Tokens tokens{.ids = tokenizer_->tokenize(text)};
  const auto limit = static_cast<size_t>(max_seq_length_);
  if (truncate && tokens.ids.size() > limit) {
    tokens.ids.resize(limit);
    tokens.truncated = true;
  }
  require_embeddings(*this, tokens.ids, table_->parts.front().shape.front());
  return tokens;
}

TokenizerDescription WordEmbeddings::describe_tokenizer() const {
  const std::string type = tokenizer_->type();
  return {.model = type.substr(type.rfind('.') + 1), .vocabulary = static_cast<size_t>(tokenizer_->size())};
}

void WordEmbeddings::set_max_seq_length(int64_t tokens) {
  if (tokens < 1) fail(ErrorCode::invalid_argument, "max_seq_length must be positive, not ", tokens);
  max_seq_length_ = tokens;
}

void WordEmbeddings::forward(Execution& run, Features& features) const {
  run.dropout_first_row = static_cast<uint64_t>(features.batch.before.tokens);
  features.token_embeddings = embedding_sum(run, {{.table = table_, .ids = features.batch.ids}});
}

OrderedJson WordEmbeddings::config() const {
  return {{"tokenizer_class", tokenizer_->type()},
          {"update_embeddings", update_embeddings_},
          {"max_seq_length", max_seq_length_}};
}

}  // namespace sbert::nn
