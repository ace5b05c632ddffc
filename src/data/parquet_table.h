#pragma once

#include <filesystem>
#include <memory>

#include "data/row_source.h"
#include "data/table_options.h"

namespace sbert {

/// A Parquet file, some rows at a time and only the chosen columns: texts, numbers, truth values, lists, maps (lists of
/// records with key and value) and groups (records). Times are texts ("2024-02-29 12:00:00"). One that is compressed as
/// a whole (.gz) or comes through a pipe is copied to a temporary file, as reading begins at the end.
/// THROWS: not_found, io, corrupt_data; unsupported for an encrypted file, for a column that holds something else, such
/// as pictures, and in a build without Apache Arrow.
std::unique_ptr<RowSource> open_parquet(const std::filesystem::path& path, const TableOptions& options);

}  // namespace sbert
