#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include <sbert/tokenizer.h>

#include "nn/module.h"

namespace sbert::nn {

/// Text -> tokens, without special ones -> the mean of their rows [N, D]: no encoder at all. A text without tokens is
/// 0. On disk: tokenizer.json and model.safetensors with embedding.weight [tokens, D]; what model2vec writes is read,
/// too.
class StaticEmbedding : public InputModule {
 public:
  /// `tokenizer_json` is obeyed as it is, its truncation too. The table has no values yet.
  /// THROWS: corrupt_data if the table has fewer rows than there are tokens.
  StaticEmbedding(const std::filesystem::path& tokenizer_json, int64_t rows, int64_t dimension);
  /// Fresh values from the standard normal distribution, as torch.nn.EmbeddingBag begins; a row a token.
  static std::shared_ptr<StaticEmbedding> random(const std::filesystem::path& tokenizer_json, int64_t dimension,
                                                 uint64_t seed);

  std::string type() const override { return "StaticEmbedding"; }
  void forward(Execution& run, Features& features) const override;
  std::vector<ParameterPtr> parameters() const override { return {table_}; }
  Dimensions dimensions(const Dimensions& input) const override;
  std::string config_file() const override { return ""; }
  OrderedJson config() const override { return OrderedJson::object(); }

  Tokens tokenize(std::string_view text, bool truncate) const override;
  std::string token(int32_t id) const override { return tokenizer_.id_to_token(id); }
  TokenizerDescription describe_tokenizer() const override { return tokenizer_.description(); }
  const Tokenizer* tokenizer() const override { return &tokenizer_; }
  int64_t max_seq_length() const override { return max_length_; }
  int64_t batch_tokens() const override { return int64_t{1} << 16; }
  /// THROWS: always; sentence-transformers has no such limit either.
  void set_max_seq_length(int64_t tokens) override;
  std::vector<std::pair<std::string, std::string>> files() const override;

  const ParameterPtr& table() const { return table_; }

 private:
  /// A tokenizer.json and what it says.
  struct Source {
    std::string bytes;
    Tokenizer tokenizer;
    int64_t max_length;
  };
  static Source open(const std::filesystem::path& tokenizer_json);
  StaticEmbedding(Source source, int64_t rows, int64_t dimension);

  std::string tokenizer_json_;  // its bytes, which saving writes again: the file may be gone by then
  Tokenizer tokenizer_;
  int64_t max_length_ = 0;
  ParameterPtr table_;
};

}  // namespace sbert::nn
