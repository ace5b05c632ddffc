#include "cli/tables.h"

#include "data/hub_dataset.h"
#include "data/local_split.h"

namespace sbert::cli {

void read_value(std::string_view text, Columns& value) {
  value.list = parse_columns(text);
}

void read_value(std::string_view text, Scale& value) {
  value.text = text;
}

void set_defaults(TableSettings& settings, const TableSettings& defaults) {
  const auto set_default = [](auto& field, const auto& value) {
    if (!field) field = value;
  };
  set_default(settings.data, defaults.data);
  set_default(settings.columns, defaults.columns);
  set_default(settings.scale, defaults.scale);
  set_default(settings.format, defaults.format);
  set_default(settings.header, defaults.header);
  set_default(settings.quoting, defaults.quoting);
  set_default(settings.delimiter, defaults.delimiter);
  set_default(settings.encoding, defaults.encoding);
  set_default(settings.beside, defaults.beside);
}

std::vector<std::filesystem::path> fetch_data(const std::string& file, Console& console) {
  if (!is_hub_address(file)) return find_local_split(file);
  LoadDatasetOptions options{.progress = console.progress()};
  options.notice = [&console](const std::string& text) { console.note(text); };
  std::vector<std::filesystem::path> files = fetch_split(file, options);
  console.end_line();
  return files;
}

void fetch_data(TableSettings& settings, Console& console) {
  if (settings.data) settings.fetched = fetch_data(*settings.data, console);
}

std::string table_file(const TableSettings& settings) {
  return settings.fetched.empty() ? *settings.data : settings.fetched.front().string();
}

TableOptions table_options(const TableSettings& settings) {
  TableOptions options{.format = settings.format,
                       .header = settings.header.value_or(true),
                       .quoting = settings.quoting.value_or(true),
                       .delimiter = settings.delimiter,
                       .encoding = settings.encoding.value_or(TextEncoding::utf8)};
  if (!settings.fetched.empty()) options.following.assign(settings.fetched.begin() + 1, settings.fetched.end());
  if (settings.beside) options.beside.assign(settings.beside->list.begin(), settings.beside->list.end());
  if (settings.columns) options.columns = settings.columns->list;
  if (!settings.scale) return options;
  // The label to scale may be among columns that only the file names.
  if (options.columns.empty()) options.columns = TableReader(table_file(settings), options).columns();
  set_scales(options.columns, settings.scale->text);
  return options;
}

}  // namespace sbert::cli
