#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/fail.h"

namespace sbert {

/// Takes little-endian numbers and runs of bytes from the front of `bytes`, which it does not own.
/// THROWS, each: corrupt_data, beginning with `where`, if there are not so many.
class ByteReader {
 public:
  ByteReader(std::span<const std::byte> bytes, std::string where) : bytes_(bytes), where_(std::move(where)) {}

  std::span<const std::byte> take(uint64_t size) {
    if (size > left()) {
      fail(ErrorCode::corrupt_data, where_, ": ends within ", size, " bytes that should begin at byte ", position_,
           "; is the file truncated?");
    }
    position_ += size;
    return bytes_.subspan(position_ - size, size);
  }
  std::string_view text(uint64_t size) {
    const auto taken = take(size);
    return {reinterpret_cast<const char*>(taken.data()), taken.size()};
  }
  template <class T>
  T number() {
    T value;
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }

  uint64_t position() const { return position_; }
  uint64_t left() const { return bytes_.size() - position_; }
  const std::string& where() const { return where_; }

 private:
  std::span<const std::byte> bytes_;
  std::string where_;
  uint64_t position_ = 0;
};

}  // namespace sbert
