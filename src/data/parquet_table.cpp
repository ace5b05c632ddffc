#include "data/parquet_table.h"

#include "base/fail.h"

namespace sbert {

std::unique_ptr<RowSource> open_parquet(const std::filesystem::path& path, const TableOptions&) {
  fail(ErrorCode::unsupported, path.string(), ": this build of sbert reads no Parquet");
}

}  // namespace sbert
