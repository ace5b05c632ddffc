#include <bit>
#include <cmath>
#include <cstring>

#include "base/fail.h"
#include "data/parquet/value_decoder.h"
#include "model/float16.h"
#include "text/utf8.h"

namespace sbert::parquet {
namespace {

template <class T>
T as(std::string_view raw) {
  T value;
  std::memcpy(&value, raw.data(), sizeof value);
  return value;
}

[[noreturn]] void fail_type(const SchemaElement& column, const char* what) {
  fail(ErrorCode::unsupported, "the column '", column.name, "' holds ", what,
       ", not texts or numbers: choose others with --columns");
}

/// Two's complement, highest byte first.
double big_endian(std::string_view raw) {
  double value = 0;
  for (size_t i = 0; i < raw.size(); ++i) {
    const auto byte = static_cast<uint8_t>(raw[i]);
    value = value * 256 + (i == 0 ? static_cast<int8_t>(byte) : byte);
  }
  return value;
}

double integer(std::string_view raw, bool is_signed) {
  if (raw.size() == 4) return is_signed ? as<int32_t>(raw) : as<uint32_t>(raw);
  return is_signed ? static_cast<double>(as<int64_t>(raw)) : static_cast<double>(as<uint64_t>(raw));
}

Value text_of(std::string_view raw, const SchemaElement& column) {
  if (text::find_invalid_utf8(raw) != std::string_view::npos) fail_type(column, "bytes that are no UTF-8");
  return Value(std::string(raw));
}

}  // namespace

Value value_of(std::string_view raw, const SchemaElement& column) {
  const double unit = column.meaning == Meaning::decimal ? std::pow(10.0, column.scale) : 1;
  const bool is_signed = column.meaning != Meaning::unsigned_integer;
  switch (*column.physical) {
    case Physical::boolean:
      return Value(raw[0] != 0);
    case Physical::int32:
    case Physical::int64:
      return Value(integer(raw, is_signed) / unit);
    case Physical::float32:
      return Value(static_cast<double>(as<float>(raw)));
    case Physical::float64:
      return Value(as<double>(raw));
    case Physical::byte_array:
      return column.meaning == Meaning::decimal ? Value(big_endian(raw) / unit) : text_of(raw, column);
    case Physical::fixed_byte_array:
      if (column.meaning == Meaning::decimal) return Value(big_endian(raw) / unit);
      if (column.meaning == Meaning::float16 && raw.size() == 2) {
        return Value(static_cast<double>(from_float16(as<uint16_t>(raw))));
      }
      fail_type(column, "bytes");
    case Physical::int96:
      break;
  }
  fail_type(column, "times in the old format INT96");
}

}  // namespace sbert::parquet
