#include "data/table.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "base/fail.h"
#include "data/csv_table.h"
#include "data/jsonl_table.h"
#include "data/text_table.h"

namespace sbert {

namespace {

struct Format {
  std::string_view extension;
  TableFormat format;
};

constexpr Format kExtensions[] = {{".jsonl", TableFormat::jsonl},
                                  {".ndjson", TableFormat::jsonl},
                                  {".json", TableFormat::jsonl},
                                  {".csv", TableFormat::csv},
                                  {".tsv", TableFormat::tsv}};

std::unique_ptr<RowSource> open_source(const std::filesystem::path& path, const TableOptions& options) {
  switch (options.format.value_or(table_format_of(path))) {
    case TableFormat::jsonl:
      return std::make_unique<JsonlTable>(path);
    case TableFormat::csv:
      return std::make_unique<CsvTable>(path, options);
    case TableFormat::tsv: {
      TableOptions tabs = options;
      tabs.delimiter = options.delimiter.value_or('\t');
      return std::make_unique<CsvTable>(path, tabs);
    }
    case TableFormat::text:
      break;
  }
  return std::make_unique<TextTable>(path);
}

/// Index in `names` of the column a user calls `source`: its name, else its number.
std::optional<size_t> find_column(const std::vector<std::string>& names, const std::string& source) {
  const auto found = std::find(names.begin(), names.end(), source);
  if (found != names.end()) return static_cast<size_t>(found - names.begin());
  size_t number = 0;
  const auto [end, error] = std::from_chars(source.data(), source.data() + source.size(), number);
  if (error == std::errc() && end == source.data() + source.size() && number < names.size()) return number;
  return std::nullopt;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "'" : ", '") + name + "'";
  return text;
}

}  // namespace

TableFormat table_format_of(const std::filesystem::path& path) {
  const std::filesystem::path plain = path.extension() == ".gz" ? path.stem() : path.filename();
  const auto known = std::find_if(std::begin(kExtensions), std::end(kExtensions),
                                  [&](const Format& format) { return plain.extension() == format.extension; });
  return known == std::end(kExtensions) ? TableFormat::text : known->format;
}

TableReader::TableReader(const std::filesystem::path& path, const TableOptions& options)
    : name_(path == "-" ? "stdin" : path.string()), source_(open_source(path, options)), columns_(options.columns) {
  const std::vector<std::string>& names = source_->names();
  if (columns_.empty()) {
    for (const std::string& name : names)
      columns_.push_back({name, name});
  }
  std::vector<size_t> selection;
  for (const Column& column : columns_) {
    const std::optional<size_t> index = find_column(names, column.source);
    if (!index) {
      fail(ErrorCode::not_found, name_, ": has no column '", column.source, "'; its columns are ", joined(names));
    }
    selection.push_back(*index);
  }
  source_->select(std::move(selection));
}

bool TableReader::next(std::vector<Cell>& row) {
  if (source_->next(row)) return any_ = true;
  if (!any_) fail(ErrorCode::corrupt_data, name_, ": has no rows");
  return false;
}

}  // namespace sbert
