#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sbert/models.h>
#include <sbert/tokenizer.h>

#include "nn/architectures/architecture.h"
#include "nn/module.h"
#include "nn/transformer_config.h"

namespace sbert::nn {

/// A Hugging Face encoder with its tokenizer: text -> tokens -> token embeddings [T, H].
/// On disk: config.json, model.safetensors, tokenizer.json (and what else Python keeps beside it), and
/// sentence_bert_config.json with max_seq_length and do_lower_case.
class Transformer : public InputModule {
 public:
  /// Reads everything in `directory` but the weights, which the model room fills in. `model_type` is that of a
  /// config.json without one, as they were before 2020.
  static std::shared_ptr<Transformer> open(const std::filesystem::path& directory, const std::string& model_type = "");

  std::string type() const override { return "Transformer"; }
  void forward(Execution& run, Features& features) const override;
  std::vector<ParameterPtr> parameters() const override { return encoder_->parameters(); }
  Dimensions dimensions(const Dimensions& input) const override;
  std::string config_file() const override { return "sentence_bert_config.json"; }
  OrderedJson config() const override;
  OrderedJson details() const override;

  Tokens tokenize(std::string_view text, bool truncate) const override;
  std::string token(int32_t id) const override;
  const Tokenizer* tokenizer() const override { return &tokenizer_; }
  bool add_special_tokens() const override { return true; }
  int64_t prompt_length(std::string_view prompt) const override;
  TokenizerDescription describe_tokenizer() const override { return tokenizer_.description(); }
  int64_t layer_count() const override { return encoder_->shape().layers; }
  void keep_layers() override { output_hidden_states_ = true; }
  int64_t max_seq_length() const override { return max_seq_length_; }
  void set_max_seq_length(int64_t tokens) override;
  std::vector<std::pair<std::string, std::string>> files() const override;

  void set_lower_case();

  std::string_view checkpoint_prefix() const { return architecture_.checkpoint_prefix; }
  const Encoder& encoder() const { return *encoder_; }
  /// The directory that it was read from; by now there may be another one, or none.
  const std::filesystem::path& source() const { return source_; }

 private:
  Transformer(const Architecture& architecture, std::unique_ptr<Encoder> encoder, Tokenizer tokenizer);
  void apply(const TransformerConfig& config, const std::filesystem::path& directory);

  const Architecture& architecture_;
  std::unique_ptr<Encoder> encoder_;
  Tokenizer tokenizer_;
  int64_t max_seq_length_ = 0;
  bool do_lower_case_ = false;
  bool output_hidden_states_ = false;
  std::filesystem::path source_;
  // What saving writes again: the directory they were read from may be gone by then.
  std::string config_text_;
  std::vector<std::pair<std::string, std::string>> tokenizer_files_;
};

}  // namespace sbert::nn
