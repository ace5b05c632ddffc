#include "data/parquet/bits.h"

#include <algorithm>

#include "base/fail.h"

namespace sbert::parquet {
namespace {

/// No page has more; a few hostile bytes could claim any number.
constexpr uint64_t kMostValues = uint64_t{1} << 27;

[[noreturn]] void fail_damaged() {
  fail(ErrorCode::corrupt_data, "a page of the Parquet file is damaged or cut off");
}

}  // namespace

uint64_t BitReader::bits(unsigned width) {
  uint64_t value = 0;
  for (unsigned got = 0; got < width;) {
    if (at_ == bytes_.size()) fail_damaged();
    const unsigned take = std::min(width - got, 8 - bit_);
    const uint64_t part = static_cast<uint8_t>(bytes_[at_]) >> bit_ & ((1U << take) - 1);
    value |= part << got;
    got += take;
    bit_ += take;
    if (bit_ < 8) break;
    bit_ = 0;
    ++at_;
  }
  return value;
}

std::string_view BitReader::bytes(uint64_t count) {
  if (bit_ > 0) {
    bit_ = 0;
    ++at_;
  }
  if (count > bytes_.size() - at_) fail_damaged();
  const std::string_view bytes = bytes_.substr(at_, count);
  at_ += count;
  return bytes;
}

uint64_t BitReader::varint() {
  uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const uint64_t next = bits(8);
    value |= (next & 0x7f) << shift;
    if (next < 0x80) return value;
  }
  fail_damaged();
}

int64_t BitReader::zigzag() {
  const uint64_t value = varint();
  return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
}

RunReader::RunReader(std::string_view bytes, unsigned width) : in_(bytes), width_(width) {
  if (width > 32) fail_damaged();
}

uint32_t RunReader::next() {
  while (left_ == 0) {
    const uint64_t header = in_.varint();
    packed_ = (header & 1) != 0;
    if (packed_) {
      const uint64_t groups = header >> 1;
      left_ = groups * 8;
      if (groups > kMostValues / 8) fail_damaged();
      run_ = BitReader(in_.bytes(groups * width_));
    } else {
      left_ = header >> 1;
      value_ = static_cast<uint32_t>(in_.bits((width_ + 7) / 8 * 8));
    }
  }
  --left_;
  return packed_ ? static_cast<uint32_t>(run_.bits(width_)) : value_;
}

DeltaReader::DeltaReader(std::string_view bytes) : in_(bytes) {
  const uint64_t block_size = in_.varint();
  parts_ = in_.varint();
  count_ = in_.varint();
  value_ = static_cast<uint64_t>(in_.zigzag());
  if (parts_ == 0 || block_size > kMostValues || block_size % parts_ != 0 || block_size / parts_ % 8 != 0 ||
      block_size == 0 || count_ > kMostValues) {
    fail_damaged();
  }
  part_size_ = block_size / parts_;
}

void DeltaReader::begin_block() {
  smallest_delta_ = static_cast<uint64_t>(in_.zigzag());
  widths_ = in_.bytes(parts_);
}

void DeltaReader::begin_part() {
  if (widths_.empty()) begin_block();
  width_ = static_cast<uint8_t>(widths_.front());
  widths_.remove_prefix(1);
  if (width_ > 64) fail_damaged();
  part_ = BitReader(in_.bytes(part_size_ / 8 * width_));
  left_ = part_size_;
}

int64_t DeltaReader::next() {
  if (given_ == count_) fail_damaged();
  if (given_++ > 0) {
    if (left_ == 0) begin_part();
    --left_;
    value_ += smallest_delta_ + part_.bits(width_);
  }
  return static_cast<int64_t>(value_);
}

}  // namespace sbert::parquet
