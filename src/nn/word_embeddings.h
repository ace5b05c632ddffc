#pragma once

#include <memory>

#include "nn/module.h"
#include "text/word_tokenizer.h"

namespace sbert::nn {

/// Text -> words -> their rows of a table [T, D]. On disk: wordembedding_config.json, the tokenizer's files and
/// emb_layer.weight [words, D].
class WordEmbeddings : public InputModule {
 public:
  struct Settings {
    bool update_embeddings = false;
    int64_t max_seq_length = 1000000;
  };
  static constexpr const char* kConfigFile = "wordembedding_config.json";
  static constexpr const char* kTable = "emb_layer.weight";

  /// The table has no values yet. THROWS: invalid_argument if it has fewer rows than there are words.
  WordEmbeddings(std::unique_ptr<text::WordTokenizer> tokenizer, int64_t rows, int64_t dimension,
                 const Settings& settings);
  /// From a directory whose table has this shape, without its values. THROWS: not_found, corrupt_data, unsupported.
  static std::shared_ptr<WordEmbeddings> open(const std::filesystem::path& directory, int64_t rows, int64_t dimension);

  std::string type() const override { return "WordEmbeddings"; }
  void forward(Execution& run, Features& features) const override;
  std::vector<ParameterPtr> parameters() const override { return {table_}; }
  Dimensions dimensions(const Dimensions&) const override { return {.tokens = parameter_cols(*table_)}; }
  std::string config_file() const override { return kConfigFile; }
  OrderedJson config() const override;

  Tokens tokenize(std::string_view text, bool truncate) const override;
  std::string token(int32_t id) const override { return tokenizer_->token(id); }
  TokenizerDescription describe_tokenizer() const override;
  int64_t max_seq_length() const override { return max_seq_length_; }
  void set_max_seq_length(int64_t tokens) override;
  std::vector<std::pair<std::string, std::string>> files() const override { return tokenizer_->files(); }

  const ParameterPtr& table() const { return table_; }

 private:
  std::unique_ptr<text::WordTokenizer> tokenizer_;
  bool update_embeddings_;
  int64_t max_seq_length_;
  ParameterPtr table_;
};

}  // namespace sbert::nn
