#include "data/json_reader.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>
#include <string_view>

#include "base/fail.h"
#include "text/utf8.h"

namespace sbert {

namespace {

constexpr int kMaxJsonDepth = 64;
/// Larger values are not rows but damage.
constexpr uint64_t kMaxValueBytes = uint64_t{1} << 30;

bool is_json_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_word_character(int c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '-' || c == '.';
}

/// -12.5e+3, as JSON wants numbers: no other sign, no zero in front, digits on both sides of the point.
bool is_json_number(std::string_view text) {
  size_t i = 0;
  const auto digits = [&] {
    const size_t from = i;
    while (i < text.size() && is_json_digit(text[i]))
      ++i;
    return i > from;
  };
  if (i < text.size() && text[i] == '-') ++i;
  const size_t whole = i;
  if (!digits() || (text[whole] == '0' && i > whole + 1)) return false;
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (!digits()) return false;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (!digits()) return false;
  }
  return i == text.size();
}

/// Of a number that no double can hold: whether it is too small rather than too large.
bool is_tiny_number(std::string_view text) {
  const size_t exponent = text.find_first_of("eE");
  if (exponent != std::string_view::npos) return text[exponent + 1] == '-';
  return text.starts_with("0.") || text.starts_with("-0.");
}

/// Nobody can say which of two values is meant.
const std::string* find_key_twice(const Value::Record& record) {
  std::vector<const std::string*> keys;
  for (const auto& [key, value] : record)
    keys.push_back(&key);
  const auto less = [](const auto* a, const auto* b) { return *a < *b; };
  std::sort(keys.begin(), keys.end(), less);
  const auto twin = std::adjacent_find(keys.begin(), keys.end(), [](const auto* a, const auto* b) { return *a == *b; });
  return twin == keys.end() ? nullptr : *twin;
}

}  // namespace

JsonReader::JsonReader(const JsonSource& source, text::TextEncoding encoding)
    : name_(source.name()), input_(source.path()), encoding_(encoding), buffer_(size_t{1} << 16) {
  fill();
  const std::string_view start(buffer_.data(), end_);
  if (start.starts_with("\xff\xfe") || start.starts_with("\xfe\xff")) {
    fail(ErrorCode::corrupt_data, name(), ": is UTF-16; convert it to UTF-8");
  }
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (!start.starts_with(kByteOrderMark)) return;
  begin_ = line_begin_ = kByteOrderMark.size();
}

bool JsonReader::fill() {
  buffer_offset_ += end_;
  begin_ = end_ = 0;
  try {
    end_ = input_.read(buffer_);
  } catch (const Error& error) {
    fail(error.code(), error.what(), " at line ", line_);
  }
  return end_ > 0;
}

int JsonReader::peek() {
  for (int c; (c = next_byte()) != kEnd; ++begin_) {
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') return c;
    // "\n", "\r\n" and "\r" end a line.
    if (c == '\r' || (c == '\n' && !after_return_)) ++line_;
    if (c == '\r' || c == '\n') line_begin_ = buffer_offset_ + begin_ + 1;
    after_return_ = c == '\r';
  }
  return kEnd;
}

void JsonReader::fail_here() const {
  if (begin_ == end_) fail(ErrorCode::corrupt_data, where(value_line_), ": the file ends within this JSON value");
  fail(ErrorCode::corrupt_data, where(), ": broken JSON at byte ", byte_in_line());
}

void JsonReader::check_size() const {
  if (buffer_offset_ + begin_ - value_begin_ <= kMaxValueBytes) return;
  fail(ErrorCode::corrupt_data, where(), ": the value that ends here is longer than ", kMaxValueBytes >> 20,
       " MiB; a row must be shorter");
}

Value JsonReader::value() {
  peek();
  value_begin_ = buffer_offset_ + begin_;
  value_line_ = line_;
  return nested_value(0);
}

Value JsonReader::nested_value(int depth) {
  const int first = peek();
  check_size();
  if (first == '"') return string();
  if (first == '{' || first == '[') {
    if (depth == kMaxJsonDepth) {
      fail(ErrorCode::corrupt_data, where(), ": nested more than ", kMaxJsonDepth, " deep");
    }
    take();
    return first == '{' ? object(depth + 1) : list(depth + 1);
  }
  return first == '-' || (first >= '0' && first <= '9') ? number() : literal();
}

Value JsonReader::object(int depth) {
  Value::Record record;
  for (int c = peek(); c != '}'; c = peek()) {
    if (!record.empty()) {
      if (c != ',') fail_here();
      take();
      c = peek();
    }
    if (c != '"') fail_here();
    std::string key = string();
    if (peek() != ':') fail_here();
    take();
    record.emplace_back(std::move(key), nested_value(depth));
  }
  take();
  if (const std::string* key = find_key_twice(record)) {
    fail(ErrorCode::corrupt_data, where(), ": an object has the key '", *key, "' twice");
  }
  return record;
}

Value JsonReader::list(int depth) {
  Value::List elements;
  for (int c = peek(); c != ']'; c = peek()) {
    if (!elements.empty()) {
      if (c != ',') fail_here();
      take();
    }
    elements.push_back(nested_value(depth));
  }
  take();
  return elements;
}

Value JsonReader::literal() {
  std::string word;
  for (int c = next_byte(); is_word_character(c) && word.size() < 9; c = next_byte()) {
    word.push_back(static_cast<char>(c));
    take();
  }
  if (word == "null") return {};
  if (word == "true" || word == "false") return word == "true";
  if (word == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (word == "Infinity") return std::numeric_limits<double>::infinity();
  fail_here();
}

Value JsonReader::number() {
  std::string text;
  for (int c = next_byte(); is_word_character(c); c = next_byte()) {
    check_size();
    text.push_back(static_cast<char>(c));
    take();
  }
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  if (!is_json_number(text)) fail_here();
  const char* const end = text.data() + text.size();
  int64_t whole = 0;
  if (text.find_first_of(".eE") == std::string::npos && std::from_chars(text.data(), end, whole).ec == std::errc()) {
    return whole;
  }
  double real = 0;
  if (std::from_chars(text.data(), end, real).ec == std::errc()) return real;
  if (is_tiny_number(text)) return text.front() == '-' ? -0.0 : 0.0;
  fail(ErrorCode::corrupt_data, where(), ": a number out of range before byte ", byte_in_line());
}

std::string JsonReader::string() {
  take();
  std::string text;
  size_t run = 0;  // where in `text` begins what stands in the file as it is
  uint64_t byte = byte_in_line();
  for (int c; (c = next_byte()) != '"';) {
    if (c == kEnd || c < ' ') fail_here();
    if (c == '\\') {
      finish_run(text, run, byte);
      take();
      append_escape(text);
      run = text.size();
      byte = byte_in_line();
      continue;
    }
    const char* const from = buffer_.data() + begin_;
    const char* const to = std::find_if(from, static_cast<const char*>(buffer_.data()) + end_, [](char next) {
      return next == '"' || next == '\\' || static_cast<unsigned char>(next) < ' ';
    });
    text.append(from, to);
    begin_ += static_cast<size_t>(to - from);
    check_size();
  }
  finish_run(text, run, byte);
  take();
  return text;
}

void JsonReader::finish_run(std::string& text, size_t run, uint64_t byte) const {
  const std::string_view bytes = std::string_view(text).substr(run);
  if (encoding_ != text::TextEncoding::utf8) {
    std::string decoded;
    for (const char c : bytes)
      text::append_utf8(decoded, static_cast<unsigned char>(c));
    text.replace(run, std::string::npos, decoded);
    return;
  }
  const size_t invalid = text::find_invalid_utf8(bytes);
  if (invalid == std::string_view::npos) return;
  fail(ErrorCode::corrupt_data, where(), ": invalid UTF-8 at byte ", byte + invalid,
       "; a file from Windows may need --encoding windows-1252; else convert it to UTF-8");
}

void JsonReader::append_escape(std::string& text) {
  constexpr std::string_view kEscapes = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
  const int c = next_byte();
  const size_t known = c == kEnd ? std::string_view::npos : kEscapes.find(static_cast<char>(c));
  if (known == std::string_view::npos && c != 'u') fail_here();
  take();
  if (c != 'u') {
    text.push_back(kMeanings[known]);
    return;
  }
  unsigned character = hexadecimal();
  if (character >= 0xd800 && character < 0xe000) {
    const unsigned low = character < 0xdc00 ? second_half() : 0;
    if (low < 0xdc00 || low >= 0xe000) {
      fail(ErrorCode::corrupt_data, where(), ": a string has half of a surrogate pair before byte ", byte_in_line(),
           ", which is no character: its text was cut within one");
    }
    character = 0x10000 + ((character - 0xd800) << 10) + (low - 0xdc00);
  }
  text::append_utf8(text, character);
}

unsigned JsonReader::second_half() {
  for (const char c : {'\\', 'u'}) {
    if (next_byte() != c) return 0;
    take();
  }
  return hexadecimal();
}

unsigned JsonReader::hexadecimal() {
  unsigned value = 0;
  for (int i = 0; i < 4; ++i) {
    const int c = next_byte();
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) fail_here();
    value = value * 16 + static_cast<unsigned>(digit);
    take();
  }
  return value;
}

}  // namespace sbert
