#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sbert::text {

/// Up to 64 bytes of a text that are asked all at once what they are: the answers are one bit each, so that runs of
/// letters, their beginnings and their ends are a shift away. A loop over bytes mispredicts a branch at the end of
/// nearly every word, which costs more than everything else that happens to the word.
class ByteBlock {
 public:
  static constexpr size_t kBytes = 64;
  using Vector = unsigned char __attribute__((vector_size(16)));

  /// The bytes from `text[at]` on. REQUIRES: `at < text.size()`.
  ByteBlock(std::string_view text, size_t at) : size_(std::min(kBytes, text.size() - at)) {
    static_assert(std::endian::native == std::endian::little, "the first byte of a block is its lowest bit");
    if (size_ == kBytes) {
      std::memcpy(vectors_.data(), text.data() + at, kBytes);
    } else {
      std::memcpy(vectors_.data(), text.data() + at, size_);
    }
    ascii_ = std::min(size_, static_cast<size_t>(std::countr_zero(where([](Vector byte) { return byte >= 0x80; }))));
  }

  size_t size() const { return size_; }
  /// How many bytes there are before the first that is not ASCII.
  size_t ascii() const { return ascii_; }

  /// Bit i is set where `test` is true of byte i; `test` works on 16 bytes like on one. Bytes after the end are 0.
  template <class Test>
  uint64_t where(Test test) const {
    uint64_t bits = 0;
    for (size_t i = 0; i < vectors_.size(); ++i)
      bits |= static_cast<uint64_t>(bits_of(test(vectors_[i]))) << (16 * i);
    return bits;
  }

  static auto is_letter(Vector byte) { return (byte | 0x20) - 'a' < 26; }
  static auto is_digit(Vector byte) { return byte - '0' < 10; }
  static auto is_space(Vector byte) { return (byte == ' ') | (byte - '\t' < 5); }

  /// The lowest `count` bits.
  static uint64_t first(size_t count) { return count == kBytes ? ~uint64_t{0} : (uint64_t{1} << count) - 1; }

 private:
  using Truth = decltype(Vector() == Vector());

  static uint32_t bits_of(Truth truth) {
#if defined(__SSE2__)
    return static_cast<uint32_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(truth)));
#else
    const auto halves = std::bit_cast<std::array<uint64_t, 2>>(truth);
    const auto bits = [](uint64_t half) { return (half & 0x8080808080808080u) * 0x0002040810204081u >> 56; };
    return static_cast<uint32_t>(bits(halves[0]) | bits(halves[1]) << 8);
#endif
  }

  std::array<Vector, kBytes / sizeof(Vector)> vectors_{};
  size_t size_;
  size_t ascii_;
};

}  // namespace sbert::text
