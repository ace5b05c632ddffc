#include "report/text.h"

#include <cmath>
#include <cstdio>

#include "text/utf8.h"

namespace sbert::report {
namespace {

constexpr const char* kNothing = "\u2013";

std::string print(const char* format, double value) {
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

/// "2e-05" is "2e-5" to people.
std::string without_exponent_zeros(std::string text) {
  const size_t exponent = text.find('e');
  if (exponent == std::string::npos) return text;
  if (text[exponent + 1] == '+') text.erase(exponent + 1, 1);
  const size_t digits = text.find_first_of("0123456789", exponent);
  while (text[digits] == '0' && digits + 1 < text.size())
    text.erase(digits, 1);
  return text;
}

}  // namespace

std::string shortened(std::string_view text, size_t characters) {
  std::string out;
  while (!text.empty()) {
    const std::string_view valid = text.substr(0, text::find_invalid_utf8(text));
    for (size_t at = 0; at < valid.size(); --characters) {
      if (characters == 0) return out + "\u2026";
      const size_t size = text::decode_utf8(valid, at).size;
      out += valid.substr(at, size);
      at += size;
    }
    text.remove_prefix(valid.size());
    if (text.empty()) break;
    if (characters == 0) return out + "\u2026";
    out += "\ufffd";
    --characters;
    text.remove_prefix(1);
  }
  return out;
}

std::string short_number(double value) {
  if (std::isnan(value)) return kNothing;
  const double magnitude = std::fabs(value);
  if (magnitude >= 1e3 && magnitude < 1e4) return print("%.4g", value);
  if (magnitude >= 1e4 && magnitude < 1e6) return print("%.3gk", value / 1e3);
  if (magnitude >= 1e6 && magnitude < 1e9) return print("%.3gM", value / 1e6);
  return without_exponent_zeros(print("%.3g", value));
}

std::string metric_number(double value) {
  if (std::isnan(value)) return kNothing;
  const double magnitude = std::fabs(value);
  const bool plain = magnitude == 0 || (magnitude >= 1e-3 && magnitude < 1e6);
  return plain ? print("%.4f", value) : without_exponent_zeros(print("%.3e", value));
}

std::string signed_number(double value) {
  if (std::isnan(value)) return kNothing;
  if (std::fabs(value) < 5e-5) return "\u00b10.0000";
  return print("%+.4f", value);
}

std::string percent(double part) {
  if (std::isnan(part)) return kNothing;
  const double value = 100 * part;
  if (value == 0 || value == 100) return print("%.0f %%", value);
  return print(value < 1 ? "%.2f %%" : "%.1f %%", value);
}

std::string format_bytes(uint64_t bytes) {
  const double value = static_cast<double>(bytes);
  return value < 1e9 ? print("%.0f MB", value / 1e6) : print("%.1f GB", value / 1e9);
}

std::string value_text(const OrderedJson& value) {
  if (value.is_string()) return shortened(value.get<std::string>());
  return value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

}  // namespace sbert::report
