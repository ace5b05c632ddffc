#pragma once

#include <optional>
#include <string>
#include <vector>

#include "data/csv_record.h"
#include "data/table_options.h"

namespace sbert {

/// What separates the fields of a CSV file: what `options` say, else `usual`, else tabs where the first line has them.
/// Steps over a first line such as "sep=;", which Excel writes.
/// THROWS: invalid_argument if the first lines look as if it were another character, naming --delimiter; corrupt_data
/// for a file without lines.
char find_delimiter(CsvRecords& records, const TableOptions& options, char usual);

}  // namespace sbert
