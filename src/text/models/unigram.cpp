#include "text/models/unigram.h"

#include <algorithm>
#include <array>
#include <limits>

#include "text/models/registry.h"
#include "text/score.h"
#include "text/utf8.h"

namespace sbert::text {

/// The best way to cut the bytes before some place, by its last token.
struct Unigram::Node {
  static constexpr uint32_t kNone = UINT32_MAX;
  double score = 0;
  uint32_t begin = kNone;  // of the last token; kNone: no way found yet
  int32_t id = 0;
};

namespace {

/// How much worse than the worst token an unknown character is.
constexpr double kUnknownPenalty = 10;
constexpr int32_t kNoUnknown = -1;

std::vector<std::pair<std::string_view, int32_t>> last_counts(const Vocabulary& vocabulary) {
  auto entries = vocabulary.entries();
  std::ranges::reverse(entries);
  return entries;
}

}  // namespace

Unigram::Unigram(Vocabulary vocabulary, std::vector<double> scores, const Options& options, const std::string& where)
    : vocabulary_(std::move(vocabulary)),
      scores_(std::move(scores)),
      trie_(last_counts(vocabulary_)),
      unk_id_(options.unk_id),
      byte_fallback_(options.byte_fallback),
      where_(where) {
  if (unk_id_ && !vocabulary_.has(*unk_id_)) {
    fail(ErrorCode::corrupt_data, where, ": 'unk_id' ", *unk_id_, " is not in the vocab");
  }
  double worst = std::numeric_limits<double>::infinity();
  for (const double score : scores_)
    worst = std::min(worst, score);
  unk_score_ = worst - kUnknownPenalty;
}

void Unigram::find_best_path(std::string_view piece, Node* ends) const {
  const auto offer = [&](size_t begin, size_t end, double score, int32_t id) {
    Node& node = ends[end];
    score += ends[begin].score;
    if (node.begin == Node::kNone || score > node.score) node = {score, static_cast<uint32_t>(begin), id};
  };
  for (size_t begin = 0; begin < piece.size();) {
    const size_t character = decode_utf8(piece, begin).size;
    bool has_character = false;
    ByteTrie::Node node = ByteTrie::kRoot;
    for (size_t end = begin; end < piece.size();) {
      node = trie_.step(node, static_cast<unsigned char>(piece[end++]));
      if (node == ByteTrie::kNowhere) break;
      const int32_t id = trie_.value(node);
      if (id == ByteTrie::kNone) continue;
      offer(begin, end, scores_[static_cast<size_t>(id)], id);
      has_character |= end - begin == character;
    }
    if (!has_character) offer(begin, begin + character, unk_score_, unk_id_.value_or(kNoUnknown));
    begin += character;
  }
}

void Unigram::tokenize(std::string_view piece, Tokens& out) const {
  constexpr size_t few = 128;
  std::array<Node, few> near;
  std::vector<Node> far(piece.size() + 1 > few ? piece.size() + 1 : 0);
  Node* const ends = far.empty() ? near.data() : far.data();
  find_best_path(piece, ends);

  // The path is known from its end; link it the other way round to write it.
  std::array<uint32_t, few> near_next;
  std::vector<uint32_t> far_next(far.size());
  uint32_t* const next = far.empty() ? near_next.data() : far_next.data();
  for (size_t end = piece.size(); end > 0; end = ends[end].begin)
    next[ends[end].begin] = static_cast<uint32_t>(end);

  const int32_t unk = unk_id_.value_or(kNoUnknown);
  for (size_t begin = 0; begin < piece.size();) {
    size_t end = next[begin];
    const int32_t id = ends[end].id;
    if (id != unk) {
      out.add(id, begin, end);
    } else {
      while (end < piece.size() && ends[next[end]].id == unk)
        end = next[end];
      add_unknown(piece.substr(begin, end - begin), begin, out);
    }
    begin = end;
  }
}

void Unigram::add_unknown(std::string_view text, size_t begin, Tokens& out) const {
  if (const auto id = vocabulary_.find(text)) return out.add(*id, begin, begin + text.size());
  if (byte_fallback_) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::vector<int32_t> ids;
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      const auto id = vocabulary_.find(std::string("<0x") + digits[byte >> 4] + digits[byte & 15] + ">");
      if (!id) break;
      ids.push_back(*id);
    }
    if (ids.size() == text.size()) {
      for (const int32_t id : ids)
        out.add(id, begin, begin + text.size());
      return;
    }
  }
  if (!unk_id_) fail(ErrorCode::corrupt_data, where_, ": the text has '", text, "', and the model no unknown token");
  out.add(*unk_id_, begin, begin + text.size());
}

std::unique_ptr<Model> make_unigram(const Json& config, const std::string& where) {
  const auto list = config.find("vocab");
  if (list == config.end() || !list->is_array()) fail(ErrorCode::corrupt_data, where, ": 'vocab' should be a list");
  Vocabulary vocabulary;
  // Not of the format: put there by read_tokenizer_directory.
  const auto exact_scores = json_value<bool>(config, "exact_scores", false, where);
  std::vector<double> scores;
  scores.reserve(list->size());
  for (const Json& item : *list) {
    if (!item.is_array() || item.size() != 2 || !item[0].is_string() || !item[1].is_number()) {
      fail(ErrorCode::corrupt_data, where, ": vocab: item ", scores.size(), " should be a token and its score");
    }
    vocabulary.add(item[0].get_ref<const std::string&>(), static_cast<int64_t>(scores.size()), where + ": vocab",
                   Vocabulary::SameToken::last_counts);
    const auto score = item[1].get<double>();
    scores.push_back(exact_scores ? score : score_as_tokenizers_reads(score));
  }
  Unigram::Options options;
  if (const auto unk = config.find("unk_id"); unk != config.end() && !unk->is_null()) {
    options.unk_id = json_required<int32_t>(config, "unk_id", where);
  }
  options.byte_fallback = json_value<bool>(config, "byte_fallback", false, where);
  return std::make_unique<Unigram>(std::move(vocabulary), std::move(scores), options, where);
}

}  // namespace sbert::text
