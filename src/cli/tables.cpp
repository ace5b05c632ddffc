#include "cli/tables.h"

#include <filesystem>

namespace sbert::cli {

void read_value(std::string_view text, Columns& value) {
  value.list = parse_columns(text);
}

void read_value(std::string_view text, Scale& value) {
  value.text = text;
}

TableOptions table_options(const TableSettings& settings) {
  TableOptions options{
      .format = settings.format, .header = settings.header.value_or(true), .quoting = settings.quoting.value_or(true)};
  if (settings.columns) options.columns = settings.columns->list;
  if (!settings.scale) return options;
  // The label to scale may be among columns that only the file names.
  if (options.columns.empty()) options.columns = TableReader(*settings.data, options).columns();
  set_scales(options.columns, settings.scale->text);
  return options;
}

}  // namespace sbert::cli
