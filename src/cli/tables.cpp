#include "cli/tables.h"

#include "data/data_address.h"
#include "data/formats.h"
#include "data/hub_dataset.h"
#include "data/local_split.h"

namespace sbert::cli {

void read_value(std::string_view text, Columns& value) {
  value.list = parse_columns(text);
}

void read_value(std::string_view text, Scale& value) {
  value.list = parse_scales(text);
}

void declare_column(Flags& flags, TableSettings& settings, const std::string& help) {
  flags.value("--column", "C", help, [&settings](std::string_view name) {
    settings.columns = Columns{{{std::string(name), std::string(name)}}};
  });
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
  set_default(settings.unlabelled, defaults.unlabelled);
  set_default(settings.beside, defaults.beside);
}

void read_alike(TableSettings& settings, const TableSettings& other) {
  const auto set_default = [](auto& field, const auto& value) {
    if (!field) field = value;
  };
  const TableFormat named = table_format_of(table_file(settings).called());
  const TableFormat other_named = table_format_of(table_file(other).called());
  if (named == other_named) set_default(settings.format, other.format);
  const TableFormat format = settings.format.value_or(named);
  const bool same = format == other.format.value_or(other_named);
  // JSON and Parquet say themselves how they are written.
  const bool plain = format != TableFormat::jsonl && format != TableFormat::json && format != TableFormat::parquet;
  if (same) set_default(settings.delimiter, other.delimiter);
  if (same || plain) set_default(settings.encoding, other.encoding);
  set_default(settings.header, other.header);
  set_default(settings.quoting, other.quoting);
  set_default(settings.unlabelled, other.unlabelled);
}

DataFiles fetch_data(const std::string& name, Console& console) {
  if (!is_hub_address(name)) {
    const std::vector<std::filesystem::path> files = find_local_split(name);
    return files.empty() ? DataFiles{name} : DataFiles(files.begin(), files.end());
  }
  LoadDatasetOptions options{.progress = console.progress()};
  options.notice = [&console](const std::string& text) { console.note(text); };
  const std::vector<std::filesystem::path> files = fetch_split(name, options);
  console.end_line();
  return {files.begin(), files.end()};
}

void fetch_data(TableSettings& settings, Console& console, InputFiles& inputs) {
  const auto fetch = [&](const std::string& name) {
    DataFiles files = fetch_data(name, console);
    for (InputFile& file : files)
      file = inputs.find(file);
    return files;
  };
  if (settings.data) settings.data_files = fetch(*settings.data);
  if (!settings.beside) return;
  for (const std::string& name : settings.beside->list)
    settings.beside_files.push_back(fetch(name));
}

InputFile table_file(const TableSettings& settings) {
  return settings.data_files.empty() ? InputFile(*settings.data) : settings.data_files.front();
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
  options.preferred = settings.preferred;
  options.unlabelled = settings.unlabelled.value_or(true);
  if (settings.columns) options.columns = settings.columns->list;
  if (settings.scale) options.scales = settings.scale->list;
  return options;
}

}  // namespace sbert::cli
