#include "text/vocabulary.h"

#include "base/fail.h"
#include "text/hash.h"

namespace sbert::text {

namespace {

/// More than any model has; a larger number in a file is damage, and tables are not sized by it.
constexpr int64_t kMaxId = 1 << 24;

}  // namespace

void Vocabulary::add(std::string_view token, int64_t id, const std::string& where, SameToken same) {
  if (id < 0 || id >= kMaxId) fail(ErrorCode::corrupt_data, where, ": token '", token, "' has the impossible id ", id);
  if (has(id)) {
    fail(ErrorCode::corrupt_data, where, ": id ", id, " is given to both '", this->token(id), "' and '", token, "'");
  }
  if ((count_ + 1) * 2 > slots_.size()) rehash(slots_.empty() ? 64 : slots_.size() * 2);
  const size_t slot = slot_of(token);
  if (slots_[slot] >= 0 && same == SameToken::refuse) {
    fail(ErrorCode::corrupt_data, where, ": token '", token, "' is there twice");
  }
  if (bytes_.size() + token.size() >= UINT32_MAX) fail(ErrorCode::corrupt_data, where, ": the tokens are too long");
  if (static_cast<size_t>(id) >= by_id_.size()) by_id_.resize(static_cast<size_t>(id) + 1);
  by_id_[static_cast<size_t>(id)] = {static_cast<uint32_t>(bytes_.size()), static_cast<uint32_t>(token.size())};
  bytes_ += token;
  slots_[slot] = static_cast<int32_t>(id);
  ++count_;
}

Vocabulary Vocabulary::from_json(const Json& object, const std::string& where) {
  if (!object.is_object()) fail(ErrorCode::corrupt_data, where, ": should be an object of tokens and their ids");
  Vocabulary vocabulary;
  for (const auto& [token, id] : object.items()) {
    if (!id.is_number_integer()) {
      fail(ErrorCode::corrupt_data, where, ": the id of token '", token, "' should be an integer");
    }
    vocabulary.add(token, id.get<int64_t>(), where);
  }
  return vocabulary;
}

std::optional<int32_t> Vocabulary::find(std::string_view token) const {
  if (slots_.empty()) return std::nullopt;
  const int32_t id = slots_[slot_of(token)];
  return id < 0 ? std::nullopt : std::optional(id);
}

bool Vocabulary::has(int64_t id) const {
  return id >= 0 && static_cast<size_t>(id) < by_id_.size() && by_id_[static_cast<size_t>(id)].size != kNoToken;
}

std::string_view Vocabulary::token(int64_t id) const {
  return has(id) ? view(by_id_[static_cast<size_t>(id)]) : std::string_view();
}

std::vector<std::pair<std::string_view, int32_t>> Vocabulary::entries() const {
  std::vector<std::pair<std::string_view, int32_t>> all;
  all.reserve(count_);
  for (size_t id = 0; id < by_id_.size(); ++id) {
    if (by_id_[id].size != kNoToken) all.emplace_back(view(by_id_[id]), static_cast<int32_t>(id));
  }
  return all;
}

void Vocabulary::rehash(size_t slots) {
  slots_.assign(slots, -1);
  for (size_t id = 0; id < by_id_.size(); ++id) {
    if (by_id_[id].size != kNoToken) slots_[slot_of(view(by_id_[id]))] = static_cast<int32_t>(id);
  }
}

/// The slot that holds `token`, or the free one where it belongs.
size_t Vocabulary::slot_of(std::string_view token) const {
  size_t slot = hash_bytes(token) & (slots_.size() - 1);
  while (slots_[slot] >= 0 && view(by_id_[static_cast<size_t>(slots_[slot])]) != token) {
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return slot;
}

}  // namespace sbert::text
