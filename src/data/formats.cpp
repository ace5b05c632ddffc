#include "data/formats.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "data/chained_table.h"
#include "data/csv_table.h"
#include "data/json_table.h"
#include "data/parallel_table.h"
#include "data/parquet_table.h"
#include "data/text_table.h"
#include "data/trec_table.h"

namespace sbert {

namespace {

using Open = std::unique_ptr<RowSource> (*)(const std::filesystem::path&, const TableOptions&);

struct Format {
  TableFormat format;
  std::vector<std::string> extensions;
  Open open;
};

template <class Table>
std::unique_ptr<RowSource> open_as(const std::filesystem::path& path, const TableOptions& options) {
  return std::make_unique<Table>(path, options);
}

std::unique_ptr<RowSource> open_tsv(const std::filesystem::path& path, const TableOptions& options) {
  TableOptions tabs = options;
  tabs.delimiter = options.delimiter.value_or('\t');
  return std::make_unique<CsvTable>(path, tabs);
}

const std::vector<Format>& formats() {
  static const std::vector<Format> all{
      {TableFormat::text, {}, open_as<TextTable>},
      {TableFormat::jsonl, {".jsonl", ".ndjson"}, open_as<JsonTable>},
      {TableFormat::json, {".json"}, open_as<JsonTable>},
      {TableFormat::csv, {".csv"}, open_as<CsvTable>},
      {TableFormat::tsv, {".tsv"}, open_tsv},
      {TableFormat::trec, {}, open_as<TrecTable>},
      {TableFormat::parquet, {".parquet"}, open_parquet},
  };
  return all;
}

const Format* find_by_extension(const std::filesystem::path& path) {
  const std::string extension = (path.extension() == ".gz" ? path.stem() : path.filename()).extension().string();
  for (const Format& format : formats()) {
    if (std::find(format.extensions.begin(), format.extensions.end(), extension) != format.extensions.end()) {
      return &format;
    }
  }
  return nullptr;
}

std::unique_ptr<RowSource> open_one(const std::filesystem::path& path, const TableOptions& options) {
  const TableFormat wanted = options.format.value_or(table_format_of(path));
  const auto format =
      std::find_if(formats().begin(), formats().end(), [&](const Format& known) { return known.format == wanted; });
  return format->open(path, options);
}

std::unique_ptr<RowSource> open_chain(const std::vector<std::filesystem::path>& files, const TableOptions& options) {
  if (files.size() == 1) return open_one(files.front(), options);
  return std::make_unique<ChainedTable>(files, [options](const auto& file) { return open_one(file, options); });
}

}  // namespace

std::vector<size_t> all_columns(size_t count) {
  std::vector<size_t> columns(count);
  std::iota(columns.begin(), columns.end(), size_t{0});
  return columns;
}

TableFormat table_format_of(const std::filesystem::path& path) {
  const Format* format = find_by_extension(path);
  return format == nullptr ? TableFormat::text : format->format;
}

bool is_table_file(const std::filesystem::path& path) {
  return find_by_extension(path) != nullptr;
}

std::unique_ptr<RowSource> open_rows(const std::filesystem::path& path, const TableOptions& options) {
  std::vector<std::filesystem::path> files{path};
  files.insert(files.end(), options.following.begin(), options.following.end());
  if (options.beside.empty()) return open_chain(files, options);
  std::vector<std::unique_ptr<RowSource>> sources;
  sources.push_back(open_chain(files, options));
  for (const std::vector<std::filesystem::path>& others : options.beside)
    sources.push_back(open_chain(others, options));
  return std::make_unique<ParallelTable>(std::move(sources));
}

}  // namespace sbert
