#include "report/markdown.h"

#include <algorithm>
#include <cctype>

#include "base/fail.h"
#include "report/text.h"

namespace sbert::report {

namespace {

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool is_word(const std::string& text, size_t at) {
  return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0;
}

}  // namespace

std::string plain_markdown(std::string_view text, size_t characters) {
  constexpr std::string_view kMarkup = "&<>|\\`*_[]~$";
  const std::string beginning = shortened(text, characters);
  std::string out;
  for (size_t i = 0; i < beginning.size(); ++i) {
    const char c = beginning[i];
    const bool inside = c == '_' && i > 0 && is_word(beginning, i - 1) && is_word(beginning, i + 1);
    if (is_control(c)) {
      out += ' ';
    } else if (!inside && kMarkup.find(c) != std::string_view::npos) {
      out += concat("&#", static_cast<int>(c), ";");
    } else {
      out += c;
    }
  }
  return out;
}

std::string markdown_code(std::string_view text, size_t characters) {
  const std::string beginning = shortened(text, characters);
  const bool as_is = !beginning.empty() && beginning.front() != ' ' && beginning.back() != ' ' &&
                     std::none_of(beginning.begin(), beginning.end(),
                                  [](char c) { return is_control(c) || c == '`' || c == '|' || c == '\\'; });
  return as_is ? concat("`", beginning, "`") : concat("<code>", plain_markdown(text, characters), "</code>");
}

std::string code_block(std::string_view language, std::string_view code) {
  size_t longest = 0, run = 0;
  for (const char c : code) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(std::max<size_t>(3, longest + 1), '`');
  return concat(fence, language, "\n", code, code.ends_with('\n') ? "" : "\n", fence, "\n");
}

std::string folded(std::string_view title, std::string_view content) {
  return concat("<details><summary>", title, "</summary>\n\n", content, "\n</details>\n");
}

MarkdownTable::MarkdownTable(const std::vector<std::string>& header, const std::vector<size_t>& numbers) {
  add(header);
  for (size_t i = 0; i < header.size(); ++i)
    text_ += std::find(numbers.begin(), numbers.end(), i) != numbers.end() ? "|---:" : "|:---";
  text_ += "|\n";
}

void MarkdownTable::add(const std::vector<std::string>& cells, bool bold) {
  for (const std::string& cell : cells)
    text_ += concat("| ", bold && !cell.empty() ? concat("**", cell, "**") : cell, " ");
  text_ += "|\n";
}

}  // namespace sbert::report
