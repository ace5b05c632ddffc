#include "report/event_file.h"

#include <array>
#include <bit>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "base/fail.h"

namespace sbert::report {
namespace {

constexpr std::array<uint32_t, 256> make_crc_table() {
  constexpr uint32_t kCastagnoli = 0x82f63b78;  // reversed
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit)
      crc = (crc & 1) != 0 ? crc >> 1 ^ kCastagnoli : crc >> 1;
    table[i] = crc;
  }
  return table;
}

uint32_t crc32c(std::string_view bytes) {
  static constexpr auto kTable = make_crc_table();
  uint32_t crc = 0xffffffff;
  for (const char byte : bytes)
    crc = kTable[(crc ^ static_cast<unsigned char>(byte)) & 0xff] ^ crc >> 8;
  return ~crc;
}

/// TFRecord's: a CRC of data that holds CRCs would be weak.
uint32_t masked_crc(std::string_view bytes) {
  return std::rotr(crc32c(bytes), 15) + 0xa282ead8;
}

/// The lowest bytes first.
template <class T>
std::string little_endian(T value) {
  std::string bytes;
  for (size_t i = 0; i < sizeof(T); ++i)
    bytes += static_cast<char>(value >> 8 * i & 0xff);
  return bytes;
}

std::string frame(std::string_view data) {
  const std::string length = little_endian(static_cast<uint64_t>(data.size()));
  return concat(length, little_endian(masked_crc(length)), data, little_endian(masked_crc(data)));
}

// Fields of protocol buffers: a key (number and wire type), then the value.
enum class Wire : uint32_t { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

void append_varint(std::string& out, uint64_t value) {
  for (; value >= 0x80; value >>= 7)
    out += static_cast<char>((value & 0x7f) | 0x80);
  out += static_cast<char>(value);
}

void append_key(std::string& out, uint32_t field, Wire wire) {
  append_varint(out, field << 3 | static_cast<uint32_t>(wire));
}

void append_bytes(std::string& out, uint32_t field, std::string_view bytes) {
  append_key(out, field, Wire::bytes);
  append_varint(out, bytes.size());
  out += bytes;
}

/// Event {double wall_time = 1; int64 step = 2; ...}; a step of 0 is the default, which is not written.
std::string begin_event(double wall_time, int64_t step) {
  std::string event;
  append_key(event, 1, Wire::fixed64);
  event += little_endian(std::bit_cast<uint64_t>(wall_time));
  if (step != 0) {
    append_key(event, 2, Wire::varint);
    append_varint(event, static_cast<uint64_t>(step));
  }
  return event;
}

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

/// Event.file_version = 3
std::string version_record(double wall_time) {
  std::string event = begin_event(wall_time, 0);
  append_bytes(event, 3, "brain.Event:2");
  return frame(event);
}

/// Event.session_log = 7, SessionLog {SessionStatus status = 1}; START is 1
std::string restart_record(double wall_time, int64_t step) {
  std::string log;
  append_key(log, 1, Wire::varint);
  append_varint(log, 1);
  std::string event = begin_event(wall_time, step);
  append_bytes(event, 7, log);
  return frame(event);
}

/// Event.summary = 5, Summary {repeated Value value = 1}, Value {string tag = 1; float simple_value = 2}
std::string scalars_record(double wall_time, int64_t step, const std::vector<Scalar>& scalars) {
  std::string summary;
  for (const Scalar& scalar : scalars) {
    std::string value;
    append_bytes(value, 1, scalar.tag);
    append_key(value, 2, Wire::fixed32);
    value += little_endian(std::bit_cast<uint32_t>(scalar.value));
    append_bytes(summary, 1, value);
  }
  std::string event = begin_event(wall_time, step);
  append_bytes(event, 5, summary);
  return frame(event);
}

EventFile::EventFile(const std::filesystem::path& path, int64_t step) : path_(path) {
  std::error_code ignored;
  std::filesystem::create_directories(path.parent_path(), ignored);
  errno = 0;
  file_.open(path, std::ios::binary | std::ios::trunc);
  write(version_record(seconds_now()));
  write(restart_record(seconds_now(), step));
}

void EventFile::add(int64_t step, const std::vector<Scalar>& scalars) {
  errno = 0;
  write(scalars_record(seconds_now(), step, scalars));
}

void EventFile::write(std::string_view record) {
  file_ << record << std::flush;
  if (!file_) fail(ErrorCode::io, path_.string(), ": cannot write: ", std::strerror(errno != 0 ? errno : EIO));
}

}  // namespace sbert::report
