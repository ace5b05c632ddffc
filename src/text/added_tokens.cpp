#include "text/added_tokens.h"

#include <algorithm>
#include <cstring>

#include "base/fail.h"
#include "text/unicode.h"

namespace sbert::text {

namespace {

bool ends_with_word_character(std::string_view text) {
  return !text.empty() && unicode::has(decode_utf8(text, previous_character(text, text.size())).value, unicode::word);
}

bool starts_with_word_character(std::string_view text) {
  return !text.empty() && unicode::has(decode_utf8(text, 0).value, unicode::word);
}

size_t end_without_space(std::string_view text) {
  size_t end = text.size();
  while (end > 0) {
    const size_t before = previous_character(text, end);
    if (!unicode::is_white_space(decode_utf8(text, before).value)) break;
    end = before;
  }
  return end;
}

size_t leading_space(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const CodePoint point = decode_utf8(text, at);
    if (!unicode::is_white_space(point.value)) break;
    at += point.size;
  }
  return at;
}

AddedToken read_token(const Json& item, const std::string& where) {
  AddedToken token;
  token.content = json_required<std::string>(item, "content", where);
  const std::string place = concat(where, ": '", token.content, "'");
  token.special = json_required<bool>(item, "special", place);
  token.single_word = json_required<bool>(item, "single_word", place);
  token.lstrip = json_required<bool>(item, "lstrip", place);
  token.rstrip = json_required<bool>(item, "rstrip", place);
  token.normalized = json_required<bool>(item, "normalized", place);
  if (json_required<int64_t>(item, "id", place) < 0) fail(ErrorCode::corrupt_data, place, ": the id is negative");
  return token;
}

}  // namespace

AddedTokenFinder::AddedTokenFinder(std::vector<std::pair<std::string, const AddedToken*>> patterns) {
  std::vector<std::pair<std::string_view, int32_t>> keys;
  for (const auto& [pattern, token] : patterns) {
    if (pattern.empty()) continue;
    keys.emplace_back(pattern, static_cast<int32_t>(tokens_.size()));
    tokens_.push_back(token);
    starts_[static_cast<unsigned char>(pattern.front())] = true;
  }
  trie_ = ByteTrie(std::move(keys));
  if (std::ranges::count(starts_, true) == 1) {
    only_start_ = static_cast<int>(std::ranges::find(starts_, true) - starts_.begin());
  }
}

size_t AddedTokenFinder::next_candidate(std::string_view text, size_t from) const {
  if (tokens_.empty() || from >= text.size()) return text.size();
  if (only_start_ >= 0) {
    const void* found = std::memchr(text.data() + from, only_start_, text.size() - from);
    return found ? static_cast<size_t>(static_cast<const char*>(found) - text.data()) : text.size();
  }
  while (from < text.size() && !starts_[static_cast<unsigned char>(text[from])])
    ++from;
  return from;
}

void AddedTokenFinder::cut(std::string_view text, std::vector<Part>& out) const {
  size_t done = 0;
  for (size_t at = next_candidate(text, 0); at < text.size();) {
    const ByteTrie::Match match = trie_.longest(text.substr(at));
    if (match.size == 0) {
      at = next_candidate(text, at + 1);
      continue;
    }
    const AddedToken& token = *tokens_[static_cast<size_t>(match.value)];
    size_t begin = at, end = at + match.size;
    at = next_candidate(text, end);
    // A match that is refused is gone: a shorter one at the same place is not tried.
    if (!token.in_texts) continue;
    if (token.single_word &&
        (ends_with_word_character(text.substr(0, begin)) || starts_with_word_character(text.substr(end)))) {
      continue;
    }
    if (token.lstrip) begin = std::min(begin, std::max(done, end_without_space(text.substr(0, begin))));
    if (token.rstrip) end += leading_space(text.substr(end));
    if (done < begin) out.push_back({nullptr, {done, begin}});
    out.push_back({&token, {begin, end}});
    done = end;
  }
  if (done != text.size()) out.push_back({nullptr, {done, text.size()}});
}

AddedTokens AddedTokens::from_json(const Json& list, const Model& model, const std::string& where) {
  AddedTokens out;
  if (list.is_null()) return out;
  if (!list.is_array()) fail(ErrorCode::corrupt_data, where, ": should be a list");
  auto next_id = static_cast<int32_t>(model.size());
  for (const Json& item : list) {
    AddedToken token = read_token(item, where);
    if (token.content.empty()) continue;
    if (const AddedToken* known = out.find(token.content)) {
      token.id = known->id;
    } else if (const auto id = model.token_to_id(token.content)) {
      token.id = *id;
    } else {
      token.id = next_id++;
    }
    out.by_content_[token.content] = token.id;
    out.by_id_[token.id] = std::move(token);
  }
  return out;
}

void AddedTokens::leave_special_tokens() {
  for (auto& [id, token] : by_id_)
    token.in_texts = !token.special;
}

void AddedTokens::prepare(const Normalizer* normalizer) {
  std::vector<std::pair<std::string, const AddedToken*>> raw, normalized;
  TrackedText content;
  for (auto& [id, token] : by_id_) {
    token.decoded = token.content;
    if (token.normalized && normalizer) {
      content.reset(token.content, 0, false);
      normalizer->normalize(content);
      token.decoded = content.view();
    }
    (token.normalized ? normalized : raw).emplace_back(token.decoded, &token);
  }
  raw_ = AddedTokenFinder(std::move(raw));
  normalized_ = AddedTokenFinder(std::move(normalized));
}

const AddedToken* AddedTokens::find(std::string_view content) const {
  const auto id = by_content_.find(content);
  return id == by_content_.end() ? nullptr : find(id->second);
}

const AddedToken* AddedTokens::find(int32_t id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &found->second;
}

}  // namespace sbert::text
