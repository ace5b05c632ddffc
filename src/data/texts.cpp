#include "data/texts.h"

#include <limits>

#include "base/fail.h"
#include "data/cell.h"
#include "data/formats.h"

namespace sbert {

namespace {

/// `options` narrowed down to one column.
TableOptions with_one_column(const std::filesystem::path& path, TableOptions options, const TableReader& all) {
  if (options.columns.size() == 1) return options;
  const std::vector<Column>& columns = all.columns();
  std::string names;
  for (const Column& column : columns) {
    if (options.columns.empty() && (columns.size() == 1 || column.role == "text" || column.role == "sentence")) {
      options.columns = {column};
      return options;
    }
    names += (names.empty() ? "'" : ", '") + column.role + "'";
  }
  fail(ErrorCode::invalid_argument, path.string(), ": has the columns ", names, "; choose one with --column");
}

/// stdin cannot be opened twice, so the columns are looked at only where the file name leaves them open.
TableReader open_one_column(const std::filesystem::path& path, const TableOptions& options) {
  const TableFormat format = options.format.value_or(table_format_of(path));
  if (format == TableFormat::text || options.columns.size() == 1) return TableReader(path, options);
  return TableReader(path, with_one_column(path, options, TableReader(path, options)));
}

}  // namespace

TextReader::TextReader(const std::filesystem::path& path, const TableOptions& options)
    : table_(open_one_column(path, options)) {}

bool TextReader::next(std::vector<std::string>& texts, size_t max_texts) {
  texts.clear();
  while (texts.size() < max_texts && table_.next(row_)) {
    texts.push_back(take_text(std::move(row_[0]), table_.columns()[0].role, table_.where()));
  }
  return !texts.empty();
}

std::vector<std::string> read_texts(const std::filesystem::path& path, const TableOptions& options) {
  std::vector<std::string> texts;
  TextReader(path, options).next(texts, std::numeric_limits<size_t>::max());
  return texts;
}

}  // namespace sbert
