#pragma once

#include <filesystem>
#include <memory>

#include "data/row_source.h"
#include "data/table_options.h"

namespace sbert {

/// A Parquet file, in constant memory (one batch of rows at a time). Text, numbers, truth values, lists and structs are
/// understood. THROWS: not_found, corrupt_data, unsupported for a column of another type; unsupported in a build
/// without Arrow.
std::unique_ptr<RowSource> open_parquet(const std::filesystem::path& path, const TableOptions& options);

}  // namespace sbert
