#include "text/converters/protobuf.h"

#include <bit>

#include "base/fail.h"

namespace sbert::text {

void ProtobufReader::fail_cut_short() const {
  fail(ErrorCode::corrupt_data, where_, ": is damaged: a field is cut short");
}

uint64_t ProtobufReader::read_varint() {
  uint64_t value = 0;
  for (int shift = 0; shift < 70; shift += 7) {
    if (rest_.empty()) fail_cut_short();
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    if (shift < 64) value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  fail(ErrorCode::corrupt_data, where_, ": is damaged: a number is too long");
}

std::string_view ProtobufReader::read_bytes(uint64_t size) {
  if (size > rest_.size()) fail_cut_short();
  const std::string_view bytes = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return bytes;
}

bool ProtobufReader::next() {
  if (rest_.empty()) return false;
  const uint64_t tag = read_varint();
  number_ = static_cast<uint32_t>(tag >> 3);
  wire_ = static_cast<Wire>(tag & 7);
  if (number_ == 0 || tag >> 3 > UINT32_MAX)
    fail(ErrorCode::corrupt_data, where_, ": is damaged: a field has no number");
  switch (wire_) {
    case Wire::integer:
      integer_ = read_varint();
      return true;
    case Wire::fixed64:
      bytes_ = read_bytes(8);
      return true;
    case Wire::bytes:
      bytes_ = read_bytes(read_varint());
      return true;
    case Wire::fixed32:
      bytes_ = read_bytes(4);
      return true;
  }
  fail(ErrorCode::corrupt_data, where_, ": is damaged: field ", number_, " has no known type");
}

void ProtobufReader::require(Wire wire) const {
  if (wire_ != wire) fail(ErrorCode::corrupt_data, where_, ": is damaged: field ", number_, " has another type");
}

uint64_t ProtobufReader::integer() const {
  require(Wire::integer);
  return integer_;
}

float ProtobufReader::number32() const {
  require(Wire::fixed32);
  uint32_t bits = 0;
  for (size_t i = 0; i < 4; ++i)
    bits |= static_cast<uint32_t>(static_cast<unsigned char>(bytes_[i])) << (8 * i);
  return std::bit_cast<float>(bits);
}

std::string_view ProtobufReader::bytes() const {
  require(Wire::bytes);
  return bytes_;
}

}  // namespace sbert::text
