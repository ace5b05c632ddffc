// In place of parquet_table.cpp, where there is no Apache Arrow.
#include "base/fail.h"
#include "data/parquet_table.h"

namespace sbert {

std::unique_ptr<RowSource> open_parquet(const std::filesystem::path& path, const TableOptions&) {
  fail(ErrorCode::unsupported, path == "-" ? "stdin" : path.string(),
       ": this sbert was built without Parquet; write the rows as .jsonl, or build it with Apache Arrow (see "
       "docs/dependencies.md)");
}

}  // namespace sbert
