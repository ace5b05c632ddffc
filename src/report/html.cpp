#include "report/html.h"

#include <algorithm>
#include <utility>

#include "base/fail.h"
#include "report/text.h"

namespace sbert::report {

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : shortened(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default: {
        const auto byte = static_cast<unsigned char>(c);
        const bool control = (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
        out += control ? std::string("\ufffd") : std::string(1, c);
      }
    }
  }
  return out;
}

std::string foreign(std::string_view text, size_t characters) {
  return concat("<bdi>", escape(shortened(text, characters)), "</bdi>");
}

Table::Table(std::vector<std::string> header, std::vector<size_t> numbers)
    : header_(std::move(header)), numbers_(std::move(numbers)) {}

std::string Table::cell(const char* tag, size_t column, const std::string& content) const {
  const bool number = std::find(numbers_.begin(), numbers_.end(), column) != numbers_.end();
  return concat("<", tag, number ? " class=\"n\">" : ">", content, "</", tag, ">");
}

void Table::add(const std::vector<std::string>& cells, std::string_view row_class) {
  rows_ += row_class.empty() ? "<tr>" : concat("<tr class=\"", row_class, "\">");
  for (size_t i = 0; i < cells.size(); ++i)
    rows_ += cell("td", i, cells[i]);
  rows_ += "</tr>\n";
}

std::string Table::html() const {
  std::string head;
  for (size_t i = 0; i < header_.size(); ++i)
    head += cell("th", i, header_[i]);
  if (!header_.empty()) head = concat("<thead><tr>", head, "</tr></thead>\n");
  return concat("<div class=\"scroll\"><table>\n", head, "<tbody>\n", rows_, "</tbody></table></div>\n");
}

}  // namespace sbert::report
