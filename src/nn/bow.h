#pragma once

#include <map>
#include <string>
#include <vector>

#include <sbert/models.h>

#include "nn/module.h"
#include "text/word_tokenizer.h"

namespace sbert::nn {

/// Text -> how often each word of a vocabulary is in it, times the word's weight: sentence embeddings [N, words]. On
/// disk: config.json, in a directory of its own also as the first module; no weights.
class BoW : public InputModule {
 public:
  /// A word that is there twice counts once. THROWS: invalid_argument without any word.
  BoW(const std::vector<std::string>& vocabulary, std::map<std::string, double> word_weights,
      const models::BoWOptions& options);
  static std::shared_ptr<BoW> from_config(const Json& config, const std::string& where);

  std::string type() const override { return "BoW"; }
  void forward(Execution& run, Features& features) const override;
  Dimensions dimensions(const Dimensions&) const override;
  OrderedJson config() const override;
  bool save_in_root() const override { return false; }

  Tokens tokenize(std::string_view text, bool truncate) const override;
  std::string token(int32_t id) const override { return vocabulary_.at(static_cast<size_t>(id)); }
  TokenizerDescription describe_tokenizer() const override {
    return {.model = "WhitespaceTokenizer", .vocabulary = vocabulary_.size()};
  }
  int64_t max_seq_length() const override { return 0; }
  /// THROWS: always; it reads texts of any length.
  void set_max_seq_length(int64_t tokens) override;
  std::vector<std::pair<std::string, std::string>> files() const override { return {}; }

 private:
  std::vector<std::string> vocabulary_;  // each word once
  std::map<std::string, double> word_weights_;
  models::BoWOptions options_;
  std::vector<float> weights_;  // of each word of the vocabulary
  std::unique_ptr<text::WordTokenizer> tokenizer_;
};

}  // namespace sbert::nn
