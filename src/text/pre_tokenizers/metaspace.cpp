#include "text/pre_tokenizers/registry.h"

namespace sbert::text {

namespace {

/// SentencePiece's way with spaces: each " " becomes "▁", one more is put before a piece, and pieces begin at each.
class Metaspace final : public PreTokenizer {
 public:
  enum class Prepend { always, first, never };

  Metaspace(char32_t replacement, Prepend prepend, bool split) : prepend_(prepend), split_(split) {
    append_utf8(replacement_, replacement);
  }

  void pre_tokenize(Pieces& pieces) const override {
    pieces.rewrite([this, &pieces](Rewrite& out, Span piece) {
      const std::string_view text = out.source().substr(piece.begin, piece.end - piece.begin);
      const bool has_one = text.starts_with(' ') || text.starts_with(replacement_);
      const bool wanted = prepend_ == Prepend::always || (prepend_ == Prepend::first && pieces.is_at_start(piece));
      if (wanted && !has_one) out.put(replacement_, piece.begin);
      size_t done = piece.begin;
      for (size_t at = piece.begin; at < piece.end; ++at) {
        if (out.source()[at] != ' ') continue;
        out.copy(done, at);
        out.put(replacement_, at);
        done = at + 1;
      }
      out.copy(done, piece.end);
    });
    if (split_) split_before_replacement(pieces);
  }

  bool needs_origins() const override { return prepend_ == Prepend::first; }

 private:
  /// The replacement begins a piece; of several in a row the last belongs to the word, each other is alone.
  void split_before_replacement(Pieces& pieces) const {
    pieces.split([this](std::string_view piece, auto keep) {
      size_t begin = 0;
      for (size_t at = piece.find(replacement_, 1); at != piece.npos;
           at = piece.find(replacement_, at + replacement_.size())) {
        keep(begin, at);
        begin = at;
      }
      keep(begin, piece.size());
    });
  }

  std::string replacement_;
  Prepend prepend_;
  bool split_;
};

Metaspace::Prepend read_prepend(const Json& config, const std::string& where) {
  const auto scheme = json_value<std::string>(config, "prepend_scheme", "always", where);
  const bool add = json_value<bool>(config, "add_prefix_space", true, where);
  if (scheme == "never") return Metaspace::Prepend::never;
  if (scheme != "always" && scheme != "first") {
    fail(ErrorCode::corrupt_data, where, ": 'prepend_scheme' is '", scheme, "'; it should be always, first or never");
  }
  if (!add) {
    if (!config.contains("prepend_scheme")) return Metaspace::Prepend::never;
    fail(ErrorCode::corrupt_data, where, ": 'add_prefix_space' and 'prepend_scheme' do not agree");
  }
  return scheme == "always" ? Metaspace::Prepend::always : Metaspace::Prepend::first;
}

}  // namespace

bool metaspace_prepends(const Json& config, const std::string& where) {
  return read_prepend(config, where) != Metaspace::Prepend::never;
}

std::unique_ptr<PreTokenizer> make_metaspace(const Json& config, const std::string& where) {
  return std::make_unique<Metaspace>(read_character(config, "replacement", where), read_prepend(config, where),
                                     json_value<bool>(config, "split", true, where));
}

}  // namespace sbert::text
