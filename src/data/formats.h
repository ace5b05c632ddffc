#pragma once

#include <filesystem>
#include <memory>

#include "data/row_source.h"
#include "data/table_options.h"

namespace sbert {

/// Opens a file ("-" is stdin), and those beside it, in the format that `options` or its name say.
/// THROWS: not_found, io, corrupt_data; unsupported for what parquet_table.h names.
std::unique_ptr<RowSource> open_rows(const std::filesystem::path& path, const TableOptions& options = {});

/// The format a file name stands for: by its extension, without ".gz"; plain text for one that is not known.
TableFormat table_format_of(const std::filesystem::path& path);

/// Whether the extension stands for a format (plain text has none of its own).
bool is_table_file(const std::filesystem::path& path);

}  // namespace sbert
