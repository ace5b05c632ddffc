#include "data/parquet/compact_reader.h"

#include "base/fail.h"

namespace sbert::parquet {
namespace {

constexpr int kMostNesting = 64;

[[noreturn]] void fail_damaged() {
  fail(ErrorCode::corrupt_data, "what the Parquet file says about itself is damaged or cut off");
}

}  // namespace

CompactReader::Nesting::Nesting(CompactReader& reader) : reader_(reader) {
  if (reader_.depth_ == kMostNesting) fail_damaged();
  ++reader_.depth_;
}

uint8_t CompactReader::byte() {
  if (at_ == bytes_.size()) fail_damaged();
  return static_cast<uint8_t>(bytes_[at_++]);
}

uint64_t CompactReader::varint() {
  uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const uint8_t next = byte();
    value |= static_cast<uint64_t>(next & 0x7f) << shift;
    if (next < 0x80) return value;
  }
  fail_damaged();
}

int64_t CompactReader::zigzag() {
  const uint64_t value = varint();
  return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
}

CompactReader::Type CompactReader::type_of(unsigned bits) {
  if (bits > static_cast<unsigned>(Type::structure)) fail_damaged();
  return static_cast<Type>(bits);
}

bool CompactReader::next_field(int& id) {
  const uint8_t header = byte();
  if (header == 0) return false;
  type_ = type_of(header & 0x0f);
  const int step = header >> 4;
  id = step != 0 ? id + step : static_cast<int>(static_cast<int16_t>(zigzag()));
  return true;
}

CompactReader::ListHeader CompactReader::list_header() {
  if (type_ != Type::list && type_ != Type::set) fail_damaged();
  const uint8_t header = byte();
  const uint64_t count = header >> 4 == 15 ? varint() : header >> 4;
  // Every element has a byte at least.
  if (count > bytes_.size() - at_) fail_damaged();
  return {count, type_of(header & 0x0f)};
}

int64_t CompactReader::integer() {
  if (type_ == Type::byte) return static_cast<int8_t>(byte());
  if (type_ != Type::i16 && type_ != Type::i32 && type_ != Type::i64) fail_damaged();
  return zigzag();
}

bool CompactReader::boolean() {
  if (type_ != Type::yes && type_ != Type::no) fail_damaged();
  return type_ == Type::yes;
}

std::string_view CompactReader::text() {
  if (type_ != Type::binary) fail_damaged();
  const uint64_t size = varint();
  if (size > bytes_.size() - at_) fail_damaged();
  const std::string_view text = bytes_.substr(at_, size);
  at_ += size;
  return text;
}

void CompactReader::skip() {
  switch (type_) {
    case Type::stop:
      fail_damaged();
    case Type::yes:
    case Type::no:
      return;  // the field's type is its value
    case Type::byte:
      byte();
      return;
    case Type::i16:
    case Type::i32:
    case Type::i64:
      varint();
      return;
    case Type::float64:
      for (int i = 0; i < 8; ++i)
        byte();
      return;
    case Type::binary:
      text();
      return;
    case Type::list:
    case Type::set:
      return read_list([this] {
        // In a list, unlike in a field, a truth value is a byte.
        if (type_ == Type::yes || type_ == Type::no) type_ = Type::byte;
        skip();
      });
    case Type::map:
      return skip_map();
    case Type::structure:
      return read_struct([this](int) { skip(); });
  }
}

void CompactReader::skip_map() {
  const Nesting nesting(*this);
  const uint64_t count = varint();
  if (count == 0) return;
  const unsigned types = byte();
  for (uint64_t i = 0; i < count; ++i) {
    for (const unsigned bits : {types >> 4, types & 0x0f}) {
      type_ = type_of(bits);
      if (type_ == Type::yes || type_ == Type::no) type_ = Type::byte;
      skip();
    }
  }
}

}  // namespace sbert::parquet
