#pragma once

#include <memory>

#include "data/row_source.h"
#include "data/table_options.h"

namespace sbert {

/// A .json file, whatever is in it: objects a line (read as jsonl, in constant memory), a list of rows, or COCO
/// captions, whose annotations are grouped: columns image_id and captions (a list of texts), in the order in which the
/// images first come. The latter two are read as a whole.
/// THROWS: corrupt_data for any other document.
std::unique_ptr<RowSource> open_json_document(const std::filesystem::path& path, const TableOptions& options);

}  // namespace sbert
