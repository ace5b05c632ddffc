#include "text/models/bpe.h"

#include <algorithm>

#include "text/byte_characters.h"
#include "text/models/bpe_symbols.h"
#include "text/models/registry.h"
#include "text/utf8.h"

namespace sbert::text {

namespace {

constexpr std::string_view kWordStart = "▁";

bool has_space_inside(const Bpe::Merges& merges) {
  return std::ranges::any_of(merges, [](const auto& merge) {
    std::string token = merge.first + merge.second;
    size_t begin = 0;
    while (token.compare(begin, kWordStart.size(), kWordStart) == 0)
      begin += kWordStart.size();
    return token.find(kWordStart, begin) != token.npos;
  });
}

MergeTable build_merges(const Vocabulary& vocabulary, const Bpe::Merges& merges, size_t prefix_size,
                        const std::string& where) {
  MergeTable table(merges.size());
  const auto id_of = [&](const std::string& token, size_t rank) {
    const auto id = vocabulary.find(token);
    if (!id)
      fail(ErrorCode::corrupt_data, where, ": merges: token '", token, "' of merge ", rank, " is not in the vocab");
    return *id;
  };
  for (size_t rank = 0; rank < merges.size(); ++rank) {
    const auto& [left, right] = merges[rank];
    const int32_t left_id = id_of(left, rank), right_id = id_of(right, rank);
    if (right.size() < prefix_size) fail(ErrorCode::corrupt_data, where, ": merges: '", right, "' has no prefix");
    const int32_t merged = id_of(left + right.substr(prefix_size), rank);
    table.add(left_id, right_id, {static_cast<uint32_t>(rank), merged});
  }
  return table;
}

}  // namespace

Bpe::Bpe(Vocabulary vocabulary, const Merges& merges, Options options, const std::string& where)
    : vocabulary_(std::move(vocabulary)),
      options_(std::move(options)),
      merges_(build_merges(vocabulary_, merges, options_.continuing_subword_prefix.size(), where)) {
  if (options_.unk_token) {
    unk_id_ = vocabulary_.find(*options_.unk_token);
    if (!unk_id_) fail(ErrorCode::corrupt_data, where, ": vocab: has no token '", *options_.unk_token, "'");
  }
  // A known "▁" also ends a row of unknown characters; one written otherwise at the ends of pieces would not be the
  // same.
  words_are_apart_ = vocabulary_.find(kWordStart) && options_.continuing_subword_prefix.empty() &&
                     options_.end_of_word_suffix.empty() && !options_.ignore_merges && !has_space_inside(merges);
  for (size_t byte = 0; byte < 256; ++byte) {
    std::string character;
    append_utf8(character, character_of_byte(static_cast<char>(static_cast<unsigned char>(byte))));
    for (size_t place = 0; place < byte_ids_.size(); ++place) {
      byte_ids_[place][byte] = find_character(character, place & 2, place & 1).value_or(-1);
    }
  }
}

std::string_view Bpe::word_start() const {
  return words_are_apart_ && !bytes_ ? kWordStart : std::string_view();
}

std::optional<int32_t> Bpe::find_character(std::string_view character, bool first, bool last) const {
  const bool prefixed = !first && !options_.continuing_subword_prefix.empty();
  const bool suffixed = last && !options_.end_of_word_suffix.empty();
  if (!prefixed && !suffixed) return vocabulary_.find(character);
  std::string token(prefixed ? options_.continuing_subword_prefix : "");
  token += character;
  if (suffixed) token += options_.end_of_word_suffix;
  return vocabulary_.find(token);
}

std::optional<int32_t> Bpe::find_byte(char byte, bool first, bool last) const {
  const int32_t id = byte_ids_[(first ? 2u : 0u) | (last ? 1u : 0u)][static_cast<unsigned char>(byte)];
  return id < 0 ? std::nullopt : std::optional(id);
}

/// Tokens like <0xE2> for the bytes of an unknown character, with what is written before and after it.
bool Bpe::add_bytes(std::string_view character, Symbols& symbols) const {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::vector<int32_t> ids;
  for (const char c : character) {
    const auto byte = static_cast<unsigned char>(c);
    const auto id = vocabulary_.find(std::string("<0x") + digits[byte >> 4] + digits[byte & 15] + ">");
    if (!id) return false;
    ids.push_back(*id);
  }
  for (const int32_t id : ids)
    symbols.add(id, 1);
  return true;
}

void Bpe::add_symbols(std::string_view piece, Symbols& symbols) const {
  size_t unknown = 0;  // bytes of unknown characters that have no token yet
  const auto add_unknown = [&] {
    if (unknown > 0) symbols.add(*unk_id_, unknown);
    unknown = 0;
  };
  for (size_t at = 0; at < piece.size();) {
    const size_t size = bytes_ ? 1 : decode_utf8(piece, at).size;
    const bool first = at == 0, last = at + size == piece.size();
    const std::string_view character = piece.substr(at, size);
    at += size;
    const auto id = bytes_ ? find_byte(character[0], first, last) : find_character(character, first, last);
    if (id) {
      add_unknown();
      symbols.add(*id, size);
      continue;
    }
    // Bytes go before unknown characters that still wait: so does the reference.
    if (options_.byte_fallback && add_bytes(character, symbols)) continue;
    if (!unk_id_) continue;
    if (!options_.fuse_unk) add_unknown();
    unknown += size;
  }
  add_unknown();
}

std::optional<int32_t> Bpe::find_whole(std::string_view piece) const {
  if (!bytes_) return vocabulary_.find(piece);
  std::string characters;
  for (const char byte : piece)
    append_utf8(characters, character_of_byte(byte));
  return vocabulary_.find(characters);
}

void Bpe::tokenize(std::string_view piece, Tokens& out) const {
  if (options_.ignore_merges) {
    if (const auto id = find_whole(piece)) return out.add(*id, 0, piece.size());
  }
  Symbols symbols(piece.size());
  add_symbols(piece, symbols);
  symbols.merge(merges_);
  symbols.write(out);
}

namespace {

Bpe::Merges read_merges(const Json& config, const std::string& where) {
  const auto list = config.find("merges");
  if (list == config.end() || !list->is_array()) fail(ErrorCode::corrupt_data, where, ": 'merges' should be a list");
  Bpe::Merges merges;
  merges.reserve(list->size());
  for (const Json& item : *list) {
    if (item.is_string()) {
      const auto& text = item.get_ref<const std::string&>();
      if (text.starts_with("#version")) continue;
      const size_t space = text.find(' ');
      if (space == text.npos || text.find(' ', space + 1) != text.npos) {
        fail(ErrorCode::corrupt_data, where, ": merges: item ", merges.size(), ", '", text, "', is not two tokens");
      }
      merges.emplace_back(text.substr(0, space), text.substr(space + 1));
    } else if (item.is_array() && item.size() == 2 && item[0].is_string() && item[1].is_string()) {
      merges.emplace_back(item[0].get<std::string>(), item[1].get<std::string>());
    } else {
      fail(ErrorCode::corrupt_data, where, ": merges: item ", merges.size(), " is not two tokens");
    }
  }
  return merges;
}

}  // namespace

std::unique_ptr<Model> make_bpe(const Json& config, const std::string& where) {
  if (json_value<double>(config, "dropout", 0, where) != 0) {
    fail(ErrorCode::unsupported, where, ": 'dropout' makes tokens random");
  }
  Bpe::Options options;
  if (const auto unk = config.find("unk_token"); unk != config.end() && !unk->is_null()) {
    options.unk_token = json_required<std::string>(config, "unk_token", where);
  }
  options.continuing_subword_prefix = json_value<std::string>(config, "continuing_subword_prefix", "", where);
  options.end_of_word_suffix = json_value<std::string>(config, "end_of_word_suffix", "", where);
  options.fuse_unk = json_value<bool>(config, "fuse_unk", false, where);
  options.byte_fallback = json_value<bool>(config, "byte_fallback", false, where);
  options.ignore_merges = json_value<bool>(config, "ignore_merges", false, where);
  if (!config.contains("vocab")) fail(ErrorCode::corrupt_data, where, ": 'vocab' is missing");
  return std::make_unique<Bpe>(Vocabulary::from_json(config["vocab"], where + ": vocab"), read_merges(config, where),
                               std::move(options), where);
}

}  // namespace sbert::text
