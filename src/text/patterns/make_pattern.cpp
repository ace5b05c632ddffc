#include <array>
#include <utility>

#include "text/pattern.h"
#include "text/patterns/pcre.h"
#include "text/patterns/scanners.h"
#include "text/utf8.h"

namespace sbert::text {

namespace {

/// Appends [begin, end) as what lies between matches, if it is anything.
void add_gap(size_t begin, size_t end, std::vector<Match>& out) {
  if (begin < end) out.push_back({{begin, end}, false});
}

class Literal final : public Pattern {
 public:
  explicit Literal(std::string text) : wanted_(std::move(text)) {}

  void find_all(std::string_view text, std::vector<Match>& out) const override {
    size_t done = 0;
    for (size_t at = text.find(wanted_); at != text.npos; at = text.find(wanted_, done)) {
      add_gap(done, at, out);
      done = at + wanted_.size();
      out.push_back({{at, done}, true});
    }
    add_gap(done, text.size(), out);
  }

 private:
  std::string wanted_;
};

/// A regular expression that somebody has written out.
class Scanner final : public Pattern {
 public:
  using Scan = size_t (*)(std::string_view text, size_t at);
  explicit Scanner(Scan scan) : scan_(scan) {}

  void find_all(std::string_view text, std::vector<Match>& out) const override {
    size_t done = 0;
    for (size_t at = 0; at < text.size();) {
      const size_t end = scan_(text, at);
      if (end == at) {
        at += decode_utf8(text, at).size;
        continue;
      }
      add_gap(done, at, out);
      out.push_back({{at, end}, true});
      at = done = end;
    }
    add_gap(done, text.size(), out);
  }

 private:
  Scan scan_;
};

constexpr std::array<std::pair<std::string_view, Scanner::Scan>, 7> kScanners = {{
    {R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)", scan_gpt2},
    {R"('(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)", scan_gpt2},
    {R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)",
     scan_qwen},
    {R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)",
     scan_cl100k},
    {R"('s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+)", scan_clip},
    {R"(<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+)",
     scan_clip_with_specials},
    {R"(\s+)", scan_white_space},
}};

/// Whether the expression means just its own characters.
bool is_literal(std::string_view expression) {
  return expression.find_first_of("\\.+*?()|[]{}^$#") == expression.npos;
}

std::unique_ptr<Pattern> make_regex(const std::string& expression, const std::string& where) {
  for (const auto& [known, scan] : kScanners) {
    if (known == expression) return std::make_unique<Scanner>(scan);
  }
  if (!expression.empty() && is_literal(expression)) return std::make_unique<Literal>(expression);
  return make_pcre_pattern(expression, where);
}

}  // namespace

std::unique_ptr<Pattern> make_pattern(const Json& config, const std::string& where) {
  if (config.is_object() && config.size() == 1 && config.begin().value().is_string()) {
    const auto text = config.begin().value().get<std::string>();
    if (config.begin().key() == "Regex") return make_regex(text, where);
    if (config.begin().key() == "String") {
      if (text.empty()) fail(ErrorCode::unsupported, where, ": an empty 'String' to look for");
      return std::make_unique<Literal>(text);
    }
  }
  fail(ErrorCode::corrupt_data, where, ": should be {\"String\": ...} or {\"Regex\": ...}");
}

}  // namespace sbert::text
