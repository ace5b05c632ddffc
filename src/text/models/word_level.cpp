#include "text/models/registry.h"
#include "text/vocabulary.h"

namespace sbert::text {

namespace {

/// Each piece is a token or unknown.
class WordLevel final : public Model {
 public:
  WordLevel(Vocabulary vocabulary, const std::string& unk_token, const std::string& where)
      : vocabulary_(std::move(vocabulary)) {
    const auto unk = vocabulary_.find(unk_token);
    if (!unk) fail(ErrorCode::corrupt_data, where, ": vocab: has no token '", unk_token, "' for unknown words");
    unk_id_ = *unk;
  }

  void tokenize(std::string_view piece, Tokens& out) const override {
    out.add(vocabulary_.find(piece).value_or(unk_id_), 0, piece.size());
  }
  std::optional<int32_t> token_to_id(std::string_view token) const override { return vocabulary_.find(token); }
  std::string_view id_to_token(int32_t id) const override { return vocabulary_.token(id); }
  size_t size() const override { return vocabulary_.size(); }

 private:
  Vocabulary vocabulary_;
  int32_t unk_id_ = 0;
};

}  // namespace

std::unique_ptr<Model> make_word_level(const Json& config, const std::string& where) {
  if (!config.contains("vocab")) fail(ErrorCode::corrupt_data, where, ": 'vocab' is missing");
  return std::make_unique<WordLevel>(Vocabulary::from_json(config["vocab"], where + ": vocab"),
                                     json_required<std::string>(config, "unk_token", where), where);
}

}  // namespace sbert::text
