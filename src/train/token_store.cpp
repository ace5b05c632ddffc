#include "train/token_store.h"

#include <bit>

namespace sbert {

void TokenStore::put(uint32_t word) {
  words_.push_back(word);
  fingerprint_ = (fingerprint_ ^ word) * 1099511628211U;  // FNV-1a, over whole words
}

void TokenStore::add(std::span<const std::span<const int32_t>> ids, std::span<const float> labels) {
  sequences_ = ids.size();
  words_.clear();
  for (const auto& sequence : ids)
    put(static_cast<uint32_t>(sequence.size()));
  for (const auto& sequence : ids) {
    for (const int32_t id : sequence)
      put(static_cast<uint32_t>(id));
  }
  for (const float label : labels)
    put(std::bit_cast<uint32_t>(label));
  file_.append(std::as_bytes(std::span(words_)));
  begins_.push_back(file_.size());
}

TokenStore::Row TokenStore::operator[](size_t row) const {
  std::vector<uint32_t> words((begins_[row + 1] - begins_[row]) / sizeof(uint32_t));
  file_.read(begins_[row], std::as_writable_bytes(std::span(words)));
  Row result;
  auto next = words.begin() + static_cast<std::ptrdiff_t>(sequences_);
  for (size_t i = 0; i < sequences_; ++i) {
    const auto end = next + words[i];
    result.ids.emplace_back(next, end);
    next = end;
  }
  for (; next != words.end(); ++next)
    result.labels.push_back(std::bit_cast<float>(*next));
  return result;
}

}  // namespace sbert
