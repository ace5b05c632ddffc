#include "cli/tables.h"

#include "data/data_address.h"
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

DataFiles fetch_data(const std::string& name, Console& console) {
  if (!is_hub_address(name)) {
    DataFiles files = find_local_split(name);
    return files.empty() ? DataFiles{name} : files;
  }
  LoadDatasetOptions options{.progress = console.progress()};
  options.notice = [&console](const std::string& text) { console.note(text); };
  DataFiles files = fetch_split(name, options);
  console.end_line();
  return files;
}

void fetch_data(TableSettings& settings, Console& console) {
  if (settings.data) settings.data_files = fetch_data(*settings.data, console);
  if (!settings.beside) return;
  for (const std::string& name : settings.beside->list)
    settings.beside_files.push_back(fetch_data(name, console));
}

std::string table_file(const TableSettings& settings) {
  return settings.data_files.empty() ? *settings.data : settings.data_files.front().string();
}

TableOptions table_options(const TableSettings& settings) {
  TableOptions options{.format = settings.format,
                       .header = settings.header.value_or(true),
                       .quoting = settings.quoting.value_or(true),
                       .delimiter = settings.delimiter,
                       .encoding = settings.encoding.value_or(TextEncoding::utf8)};
  if (!settings.data_files.empty())
    options.following.assign(settings.data_files.begin() + 1, settings.data_files.end());
  options.beside = settings.beside_files;
  if (settings.columns) options.columns = settings.columns->list;
  if (!settings.scale) return options;
  // The label to scale may be among columns that only the file names.
  if (options.columns.empty()) options.columns = TableReader(table_file(settings), options).columns();
  set_scales(options.columns, settings.scale->text);
  return options;
}

}  // namespace sbert::cli
