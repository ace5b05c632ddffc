#include "text/score.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>

namespace sbert::text {

double score_as_tokenizers_reads(double score) {
  if (!std::isfinite(score) || score == 0) return score;
  // The shortest digits that mean this double, "d.ddde-XX", are those that every usual writer of JSON puts in the file.
  std::array<char, 32> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(score), std::chars_format::scientific).ptr;
  const std::string text(buffer.data(), end);
  const size_t e = text.find('e');
  uint64_t digits = 0;  // 17 at most
  int exponent = std::stoi(text.substr(e + 1));
  for (size_t i = 0; i < e; ++i) {
    if (text[i] == '.') continue;
    digits = digits * 10 + static_cast<uint64_t>(text[i] - '0');
    if (i != 0) --exponent;
  }
  auto value = static_cast<double>(digits);
  if (exponent < -308) {
    value /= 1e308;
    exponent += 308;
  }
  const double power = std::stod("1e" + std::to_string(std::abs(exponent)));
  return std::copysign(exponent < 0 ? value / power : value * power, score);
}

}  // namespace sbert::text
