#include "data/parquet_table.h"

#include "base/fail.h"
#include "base/gzip_input.h"
#include "base/temporary_file.h"

namespace sbert {
namespace {

std::string_view view(const MappedFile& file) {
  return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
}

/// The file in a form that can be read from its end.
std::shared_ptr<const MappedFile> open_whole(const std::filesystem::path& path) {
  constexpr std::string_view kGzip = "\x1f\x8b";
  if (std::filesystem::is_regular_file(path)) {
    auto file = MappedFile::open(path);
    if (!view(*file).starts_with(kGzip)) return file;
  }
  GzipInput input(path);
  TemporaryFile copy({});
  std::vector<char> buffer(size_t{1} << 16);
  while (const size_t size = input.read(buffer))
    copy.append(std::as_bytes(std::span(buffer).first(size)));
  return MappedFile::open("/proc/self/fd/" + std::to_string(copy.descriptor()));
}

}  // namespace

ParquetTable::ParquetTable(const std::filesystem::path& path, const TableOptions& /*options*/)
    : name_(path == "-" || path == "/dev/stdin" ? "stdin" : path.string()), file_(open_whole(path)) {
  try {
    metadata_ = parquet::read_metadata(view(*file_));
    columns_ = parquet::build_columns(metadata_.schema);
  } catch (const Error& error) {
    fail(error.code(), name_, ": ", error.what());
  }
  for (const parquet::Node& column : columns_)
    names_.push_back(column.element.name);
  select(all_columns(names_.size()));
}

void ParquetTable::select(std::vector<size_t> columns) {
  selection_.clear();
  for (const size_t column : columns)
    selection_.push_back(&columns_[column]);
}

bool ParquetTable::next(std::vector<Value>& row) {
  try {
    return read_row(row);
  } catch (const Error& error) {
    fail(error.code(), where(), ": ", error.what());
  }
}

bool ParquetTable::read_row(std::vector<Value>& row) {
  while (left_in_group_ == 0) {
    if (next_group_ == metadata_.row_groups.size()) return false;
    const parquet::RowGroup& group = metadata_.row_groups[next_group_++];
    left_in_group_ = group.rows;
    group_.emplace(file_, selection_, group);
  }
  --left_in_group_;
  ++row_;
  group_->next(row);
  return true;
}

}  // namespace sbert
