#include "text/models/wordpiece.h"

#include "text/models/registry.h"

namespace sbert::text {

WordPiece::WordPiece(Vocabulary vocabulary, const Options& options, const std::string& where)
    : vocabulary_(std::move(vocabulary)),
      trie_(vocabulary_.entries()),
      continuing_(trie_.walk(ByteTrie::kRoot, options.continuing_subword_prefix)),
      max_characters_(options.max_input_chars_per_word) {
  const auto unk = vocabulary_.find(options.unk_token);
  if (!unk) fail(ErrorCode::corrupt_data, where, ": vocab: has no token '", options.unk_token, "' for unknown words");
  unk_id_ = *unk;
}

void WordPiece::tokenize(std::string_view word, Tokens& out) const {
  const size_t before = out.ids.size();
  const auto give_up = [&] {
    out.ids.resize(before);
    if (out.with_spans) out.spans.resize(before);
    out.add(unk_id_, 0, word.size());
  };
  if (word.size() > max_characters_ && count_characters(word) > max_characters_) return give_up();
  ByteTrie::Node from = ByteTrie::kRoot;
  for (size_t at = 0; at < word.size();) {
    if (from == ByteTrie::kNowhere) return give_up();
    const ByteTrie::Match match = trie_.longest(word.substr(at), from);
    if (match.size == 0) return give_up();
    out.add(match.value, at, at + match.size);
    at += match.size;
    from = continuing_;
  }
}

std::unique_ptr<Model> make_wordpiece(const Json& config, const std::string& where) {
  WordPiece::Options options;
  options.unk_token = json_required<std::string>(config, "unk_token", where);
  options.continuing_subword_prefix = json_required<std::string>(config, "continuing_subword_prefix", where);
  options.max_input_chars_per_word = json_required<size_t>(config, "max_input_chars_per_word", where);
  if (!config.contains("vocab")) fail(ErrorCode::corrupt_data, where, ": 'vocab' is missing");
  return std::make_unique<WordPiece>(Vocabulary::from_json(config["vocab"], where + ": vocab"), options, where);
}

}  // namespace sbert::text
