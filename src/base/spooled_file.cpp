#include "base/spooled_file.h"

#include <algorithm>

namespace sbert {
namespace {

/// Once there is a file, memory holds no more than makes writing cheap.
constexpr size_t kWriteAtOnce = size_t{1} << 20;

}  // namespace

void SpooledFile::append(std::span<const std::byte> bytes) {
  if (tail_.size() + bytes.size() > (file_ ? kWriteAtOnce : in_memory_)) flush();
  tail_.insert(tail_.end(), bytes.begin(), bytes.end());
}

void SpooledFile::flush() {
  if (!file_) file_.emplace(directory_);
  file_->append(tail_);
  tail_ = {};
}

void SpooledFile::read(uint64_t offset, std::span<std::byte> bytes) const {
  const uint64_t end = size_in_file();
  if (offset < end) {
    const auto count = static_cast<size_t>(std::min<uint64_t>(bytes.size(), end - offset));
    file_->read(offset, bytes.first(count));
    bytes = bytes.subspan(count);
    offset += count;
  }
  std::copy_n(tail_.begin() + static_cast<std::ptrdiff_t>(offset - end), bytes.size(), bytes.begin());
}

}  // namespace sbert
