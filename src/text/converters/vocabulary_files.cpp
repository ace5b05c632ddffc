#include "text/converters/vocabulary_files.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "base/base64.h"
#include "base/files.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace sbert::text {

namespace {

/// Longer pieces would take too long to look for merges in, and there are none.
constexpr size_t kMaxPiece = 1024;

std::string read_text(const TokenizerSources& sources, const char* file) {
  const auto path = sources.directory / file;
  if (!is_there(path)) {
    fail(ErrorCode::not_found, sources.directory.string(), ": has neither tokenizer.json nor ", file);
  }
  std::string text = read_regular_file(path);
  if (const size_t bad = find_invalid_utf8(text); bad != text.npos) {
    fail(ErrorCode::corrupt_data, path.string(), ": is not valid UTF-8: byte ", bad, " cannot be read");
  }
  return text;
}

/// Calls `use(line)` for each line of `text`, without its end.
template <class Use>
void for_each_line(std::string_view text, Use use) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    use(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::string_view without_trailing_space(std::string_view text) {
  while (!text.empty()) {
    const size_t last = previous_character(text, text.size());
    if (!unicode::is_white_space(decode_utf8(text, last).value)) break;
    text = text.substr(0, last);
  }
  return text;
}

/// Vocabularies are large, so they are taken out of the tokenizer.json instead of copied.
Json take_from_model(TokenizerSources& sources, const char* key) {
  const auto model = sources.tokenizer.find("model");
  if (model == sources.tokenizer.end() || !model->is_object()) return nullptr;
  const auto part = model->find(key);
  return part == model->end() ? Json() : std::move(*part);
}

/// Ids by piece, also where the tokenizer.json lists pieces with scores.
Json take_ids(TokenizerSources& sources) {
  Json vocab = take_from_model(sources, "vocab");
  if (!vocab.is_array()) return vocab;
  Json ids = Json::object();
  for (size_t i = 0; i < vocab.size(); ++i) {
    Json& piece = vocab[i].is_array() && !vocab[i].empty() ? vocab[i][0] : vocab[i];
    if (!piece.is_string())
      fail(ErrorCode::corrupt_data, (sources.directory / "tokenizer.json").string(), ": piece ", i,
           " of the vocabulary is no string");
    ids[piece.get_ref<const std::string&>()] = i;
  }
  return ids;
}

}  // namespace

Json read_wordpiece_vocabulary(TokenizerSources& sources) {
  if (sources.tokenizer.is_object()) return {{"vocab", take_ids(sources)}};
  Json vocab = Json::object();
  int64_t id = 0;
  for_each_line(read_text(sources, "vocab.txt"),
                [&](std::string_view line) { vocab[std::string(without_trailing_space(line))] = id++; });
  return {{"vocab", std::move(vocab)}};
}

Json read_bpe_vocabulary(TokenizerSources& sources) {
  if (sources.tokenizer.is_object()) {
    Json merges = take_from_model(sources, "merges");
    return {{"vocab", take_ids(sources)}, {"merges", merges.is_null() ? Json::array() : std::move(merges)}};
  }
  Json vocab = parse_json(read_text(sources, "vocab.json"), (sources.directory / "vocab.json").string());
  Json merges = Json::array();
  for_each_line(read_text(sources, "merges.txt"), [&](std::string_view line) { merges.push_back(std::string(line)); });
  return {{"vocab", std::move(vocab)}, {"merges", std::move(merges)}};
}

void read_sentencepiece_file(TokenizerSources& sources, const char* file) {
  const auto path = sources.directory / (sources.has(file) ? file : "tokenizer.model");
  if (!is_there(path)) {
    fail(ErrorCode::not_found, sources.directory.string(), ": has neither tokenizer.json nor ", file);
  }
  sources.spm = parse_sentencepiece_model(read_regular_file(path), path.string());
}

Json read_listed_pieces(TokenizerSources& sources) {
  Json vocab = take_from_model(sources, "vocab");
  if (!vocab.is_array()) {
    fail(ErrorCode::unsupported, (sources.directory / "tokenizer.json").string(),
         ": has no pieces with scores, which the class of tokenizers that the configuration names is made of");
  }
  return vocab;
}

Json read_unigram_vocabulary(TokenizerSources& sources, const char* file,
                             const std::function<Json(const SentencePieceModel& spm)>& convert) {
  if (sources.tokenizer.is_object()) return read_listed_pieces(sources);
  read_sentencepiece_file(sources, file);
  return convert(*sources.spm);
}

Json scored_pieces(const SentencePieceModel& spm, size_t begin) {
  Json vocab = Json::array();
  for (size_t i = begin; i < spm.pieces.size(); ++i)
    vocab.push_back(Json::array({spm.pieces[i].text, static_cast<double>(spm.pieces[i].score)}));
  return vocab;
}

Json merged_pieces(const SentencePieceModel& spm) {
  std::unordered_map<std::string_view, size_t> ids;
  for (size_t i = 0; i < spm.pieces.size(); ++i)
    ids[spm.pieces[i].text] = i;

  struct Merge {
    size_t id;  // of what it makes
    size_t left_characters, right_characters, left_id, right_id;
    std::string_view left, right;
  };
  std::vector<Merge> merges;
  for (const auto& [piece, id] : ids) {
    if (piece.size() > kMaxPiece) {
      fail(ErrorCode::corrupt_data, "piece ", id, " of a sentencepiece model is ", piece.size(), " bytes long");
    }
    const size_t characters = count_characters(piece);
    size_t at = 0;
    for (size_t left_characters = 1; left_characters < characters; ++left_characters) {
      at += decode_utf8(piece, at).size;
      const auto left = ids.find(piece.substr(0, at)), right = ids.find(piece.substr(at));
      if (left == ids.end() || right == ids.end()) continue;
      merges.push_back(
          {id, left_characters, characters - left_characters, left->second, right->second, left->first, right->first});
    }
  }
  std::ranges::sort(merges, {}, [](const Merge& merge) {
    return std::tuple(merge.id, merge.left_characters, merge.right_characters, merge.left_id, merge.right_id);
  });
  Json vocab = Json::object(), list = Json::array();
  for (const auto& [piece, id] : ids)
    vocab[std::string(piece)] = id;
  for (const Merge& merge : merges)
    list.push_back(Json::array({merge.left, merge.right}));
  return {{"vocab", std::move(vocab)}, {"merges", std::move(list)}};
}

std::vector<Json> symbol_tokens(const TokenizerSources& sources) {
  std::vector<Json> tokens;
  if (!sources.spm) return tokens;
  for (const SentencePiece& piece : sources.spm->pieces) {
    const bool control = piece.type == SentencePiece::Type::control;
    if (!control && piece.type != SentencePiece::Type::user_defined) continue;
    tokens.push_back(make_token({{"content", piece.text}, {"normalized", false}}, control, sources.where()));
  }
  return tokens;
}

Json precompiled_normalizer(const TokenizerSources& sources) {
  if (sources.spm) {
    if (sources.spm->charsmap.empty()) return nullptr;
    return {{"type", "Precompiled"}, {"precompiled_charsmap", encode_base64(sources.spm->charsmap)}};
  }
  const Json normalizer = sources.tokenizer.value("normalizer", Json());
  const auto is_precompiled = [](const Json& step) {
    return step.is_object() && step.value("type", Json()) == "Precompiled";
  };
  if (is_precompiled(normalizer)) return normalizer;
  if (!normalizer.is_object()) return nullptr;
  for (const Json& step : normalizer.value("normalizers", Json::array())) {
    if (is_precompiled(step)) return step;
  }
  return nullptr;
}

}  // namespace sbert::text
