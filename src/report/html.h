#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sbert::report {

/// Text as HTML and XML show it, in an attribute too: markup means nothing, and control characters, and bytes that are
/// not UTF-8, become U+FFFD.
std::string escape(std::string_view text);

/// Text from the data: escaped, its beginning only, and whatever direction it is written in, what is around it stays
/// where it is.
std::string foreign(std::string_view text, size_t characters = 300);

/// A table; the cells are HTML. `header` may be empty; `numbers`: the columns that are numbers, flush right.
class Table {
 public:
  explicit Table(std::vector<std::string> header, std::vector<size_t> numbers = {});

  void add(const std::vector<std::string>& cells, std::string_view row_class = "");
  std::string html() const;

 private:
  std::string cell(const char* tag, size_t column, const std::string& content) const;

  std::vector<std::string> header_;
  std::vector<size_t> numbers_;
  std::string rows_;
};

}  // namespace sbert::report
