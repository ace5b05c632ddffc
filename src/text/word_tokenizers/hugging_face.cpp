#include "hub/pull.h"
#include "text/directory.h"
#include "text/tokenizer.h"
#include "text/word_tokenizers/registry.h"

namespace sbert::text {
namespace {

/// The tokens of a tokenizer.json, special ones too, each with a row of its own.
class HuggingFaceTokenizer final : public WordTokenizer {
 public:
  explicit HuggingFaceTokenizer(const std::filesystem::path& directory)
      : files_(read_tokenizer_files(directory)), tokenizer_(Tokenizer::from_directory(directory)) {}

  std::string type() const override {
    return "sentence_transformers.models.tokenizer.WordTokenizer.TransformersTokenizerWrapper";
  }
  std::vector<int32_t> tokenize(std::string_view text) const override { return tokenizer_.encode(text).ids; }
  std::string token(int32_t id) const override { return tokenizer_.id_to_token(id); }
  int64_t size() const override { return static_cast<int64_t>(tokenizer_.vocab_size()); }
  std::vector<std::pair<std::string, std::string>> files() const override { return files_; }

 private:
  std::vector<std::pair<std::string, std::string>> files_;
  Tokenizer tokenizer_;
};

}  // namespace

std::unique_ptr<WordTokenizer> make_hugging_face_tokenizer(const models::HuggingFaceTokenizer& settings) {
  return hub::open_model_directory(settings.model, {}, open_hugging_face_tokenizer);
}

std::unique_ptr<WordTokenizer> open_hugging_face_tokenizer(const std::filesystem::path& directory) {
  return std::make_unique<HuggingFaceTokenizer>(directory);
}

}  // namespace sbert::text
