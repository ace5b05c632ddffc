#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sbert::text {

/// Reads the fields of a message in the wire format of protocol buffers, one after the other:
///
///     for (ProtobufReader fields(bytes, where); fields.next();)
///       if (fields.number() == 1) name = fields.bytes();
///
/// Fields that nobody asks about are skipped. Every size is checked before it is used.
class ProtobufReader {
 public:
  ProtobufReader(std::string_view message, const std::string& where) : rest_(message), where_(where) {}

  /// Reads a field; false at the end. THROWS: corrupt_data.
  bool next();
  uint32_t number() const { return number_; }

  /// The value of the field. THROWS: corrupt_data if it is of another type.
  uint64_t integer() const;
  float number32() const;
  std::string_view bytes() const;

 private:
  enum class Wire : uint8_t { integer = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

  [[noreturn]] void fail_cut_short() const;
  uint64_t read_varint();
  std::string_view read_bytes(uint64_t size);
  void require(Wire wire) const;

  std::string_view rest_;
  std::string where_;
  uint32_t number_ = 0;
  Wire wire_ = Wire::integer;
  uint64_t integer_ = 0;
  std::string_view bytes_;
};

}  // namespace sbert::text
