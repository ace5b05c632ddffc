#include "report/yaml.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <initializer_list>
#include <string_view>

#include "report/text.h"
#include "text/utf8.h"

namespace sbert::report {
namespace {

/// Text that is itself in YAML, wherever it stands, such as "loss:CoSENTLoss" or "org/name".
bool is_plain(std::string_view text) {
  const auto is_inner = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("_-./@:").find(c) != std::string_view::npos;
  };
  if (text.empty() || std::isalpha(static_cast<unsigned char>(text.front())) == 0 || text.back() == ':') return false;
  if (!std::all_of(text.begin(), text.end(), is_inner)) return false;
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  for (const std::string_view word : {"true", "false", "yes", "no", "on", "off", "y", "n", "null"}) {
    if (lower == word) return false;
  }
  return true;
}

/// Characters that YAML does not have, or takes for the end of a line.
bool is_escaped(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0xfffe || c == 0xffff;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (size_t at = 0; at < text.size();) {
    const auto character = text::decode_utf8(text, at);
    const std::string_view bytes = std::string_view(text).substr(at, character.size);
    at += character.size;
    if (is_escaped(character.value)) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(character.value));
      out += code;
    } else {
      if (bytes == "\"" || bytes == "\\") out += '\\';
      out += bytes;
    }
  }
  return out + "\"";
}

/// YAML 1.1 takes "1e-05" for text, and "1.0e-05" for a number.
std::string number(const OrderedJson& value) {
  std::string text = value.dump();
  const size_t exponent = text.find('e');
  if (exponent != std::string::npos && text.find('.') == std::string::npos) text.insert(exponent, ".0");
  return text;
}

std::string scalar(const OrderedJson& value) {
  if (value.is_structured()) return "null";
  if (value.is_number_float()) return number(value);
  if (!value.is_string()) return value.dump();
  const std::string text = shortened(value.get<std::string>());
  return is_plain(text) ? text : quoted(text);
}

/// `first`: what the first line begins with; all others are indented as far.
void append(std::string& out, const OrderedJson& value, const std::string& first, size_t indent) {
  std::string begin = first;
  const std::string later(indent, ' ');
  for (const auto& [key, member] : value.items()) {
    const bool in_list = value.is_array();
    const std::string name = in_list ? begin + "- " : begin + scalar(key) + ":";
    begin = later;
    if (!member.is_structured() || member.empty()) {
      out += name + (in_list ? "" : " ") + scalar(member) + "\n";
    } else if (in_list) {
      append(out, member, name, indent + 2);
    } else {
      out += name + "\n";
      append(out, member, later + (member.is_array() ? "" : "  "), indent + (member.is_array() ? 0 : 2));
    }
  }
}

}  // namespace

std::string to_yaml(const OrderedJson& value) {
  if (!value.is_structured() || value.empty()) return scalar(value) + "\n";
  std::string out;
  append(out, value, "", 0);
  return out;
}

}  // namespace sbert::report
