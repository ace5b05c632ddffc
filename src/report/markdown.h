#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sbert::report {

/// Text from the data as Markdown shows it, in a table too: its beginning only, on one line, and nothing in it is
/// markup.
std::string plain_markdown(std::string_view text, size_t characters = 300);

/// As above, as code; what needs no escapes is as it is.
std::string markdown_code(std::string_view text, size_t characters = 300);

/// A block of code that nothing in `code` can end.
std::string code_block(std::string_view language, std::string_view code);

/// What is shown when somebody asks for it.
std::string folded(std::string_view title, std::string_view content);

/// A table; the cells are Markdown. `numbers`: the columns that are numbers, flush right.
class MarkdownTable {
 public:
  MarkdownTable(const std::vector<std::string>& header, const std::vector<size_t>& numbers);

  void add(const std::vector<std::string>& cells, bool bold = false);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace sbert::report
