#include "data/texts.h"

#include <algorithm>
#include <iterator>

#include "base/fail.h"
#include "data/cell.h"

namespace sbert {

namespace {

TableOptions with_text_names(TableOptions options) {
  if (options.text_names.empty()) options.text_names = {"text", "sentence"};
  return options;
}

}  // namespace

TextReader::TextReader(const InputFile& file, const TableOptions& options)
    : table_(file, with_text_names(options)), check_(table_) {
  if (table_.columns().size() > 1) {
    fail(ErrorCode::invalid_argument, table_.name(), ": texts come from one column, not ", table_.columns().size(),
         "; choose one with --column");
  }
}

bool TextReader::next(std::vector<std::string>& texts, size_t max_texts) {
  texts.clear();
  while (texts.size() < max_texts && table_.next(row_)) {
    check_.add(row_);
    texts.push_back(take_text(std::move(row_[0]), table_.columns()[0].role, table_.where()));
  }
  if (texts.empty()) check_.finish();
  return !texts.empty();
}

std::vector<std::string> read_texts(const InputFile& file, const TableOptions& options) {
  TextReader reader(file, options);
  std::vector<std::string> all, more;
  while (reader.next(more, 1024))
    std::ranges::move(more, std::back_inserter(all));
  return all;
}

}  // namespace sbert
