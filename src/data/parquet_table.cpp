// The only file that includes Apache Arrow's headers, which take long to compile.
#include "data/parquet_table.h"

#include <algorithm>
#include <numeric>
#include <type_traits>
#include <unistd.h>
#include <utility>

#include <arrow/array.h>
#include <arrow/extension_type.h>
#include <arrow/io/file.h>
#include <arrow/record_batch.h>
#include <arrow/scalar.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/schema.h>
#include <parquet/file_reader.h>
#include <parquet/metadata.h>

#include "base/fail.h"
#include "base/gzip_input.h"
#include "base/temporary_file.h"
#include "data/column_tree.h"
#include "model/float16.h"
#include "text/utf8.h"

namespace sbert {

namespace {

/// Cells of Arrow as ours. THROWS: unsupported, going on after the name of the column.
Value value_at(const arrow::Array& array, int64_t i);

template <class Array>
const Array& as(const arrow::Array& array) {
  return static_cast<const Array&>(array);
}

template <class Array>
Value number_at(const arrow::Array& array, int64_t i) {
  const auto number = as<Array>(array).Value(i);
  if constexpr (std::is_integral_v<std::remove_const_t<decltype(number)>>) {
    if (std::in_range<int64_t>(number)) return static_cast<int64_t>(number);
  }
  return static_cast<double>(number);
}

template <class Array>
Value decimal_at(const arrow::Array& array, int64_t i) {
  return std::stod(as<Array>(array).FormatValue(i));
}

template <class Array>
Value text_at(const arrow::Array& array, int64_t i) {
  const std::string_view text = as<Array>(array).GetView(i);
  if (text::find_invalid_utf8(text) != std::string_view::npos) {
    fail(ErrorCode::unsupported, "holds bytes that are no UTF-8");
  }
  return std::string(text);
}

template <class Array>
Value list_at(const arrow::Array& array, int64_t i) {
  const std::shared_ptr<arrow::Array> elements = as<Array>(array).values();
  const int64_t begin = as<Array>(array).value_offset(i);
  Value::List list;
  for (int64_t at = begin; at < begin + as<Array>(array).value_length(i); ++at)
    list.push_back(value_at(*elements, at));
  return list;
}

Value record_at(const arrow::Array& array, int64_t i) {
  Value::Record record;
  for (int member = 0; member < array.num_fields(); ++member) {
    record.emplace_back(array.type()->field(member)->name(), value_at(*as<arrow::StructArray>(array).field(member), i));
  }
  return record;
}

Value value_at(const arrow::Array& array, int64_t i) {
  if (array.IsNull(i)) return {};
  switch (array.type_id()) {
    case arrow::Type::NA:
      return {};
    case arrow::Type::BOOL:
      return as<arrow::BooleanArray>(array).Value(i);
    case arrow::Type::INT8:
      return number_at<arrow::Int8Array>(array, i);
    case arrow::Type::INT16:
      return number_at<arrow::Int16Array>(array, i);
    case arrow::Type::INT32:
      return number_at<arrow::Int32Array>(array, i);
    case arrow::Type::INT64:
      return number_at<arrow::Int64Array>(array, i);
    case arrow::Type::UINT8:
      return number_at<arrow::UInt8Array>(array, i);
    case arrow::Type::UINT16:
      return number_at<arrow::UInt16Array>(array, i);
    case arrow::Type::UINT32:
      return number_at<arrow::UInt32Array>(array, i);
    case arrow::Type::UINT64:
      return number_at<arrow::UInt64Array>(array, i);
    case arrow::Type::HALF_FLOAT:
      return static_cast<double>(from_float16(as<arrow::HalfFloatArray>(array).Value(i)));
    case arrow::Type::FLOAT:
      return number_at<arrow::FloatArray>(array, i);
    case arrow::Type::DOUBLE:
      return number_at<arrow::DoubleArray>(array, i);
    case arrow::Type::DECIMAL32:
      return decimal_at<arrow::Decimal32Array>(array, i);
    case arrow::Type::DECIMAL64:
      return decimal_at<arrow::Decimal64Array>(array, i);
    case arrow::Type::DECIMAL128:
      return decimal_at<arrow::Decimal128Array>(array, i);
    case arrow::Type::DECIMAL256:
      return decimal_at<arrow::Decimal256Array>(array, i);
    case arrow::Type::STRING:
    case arrow::Type::BINARY:
      return text_at<arrow::BinaryArray>(array, i);
    case arrow::Type::LARGE_STRING:
    case arrow::Type::LARGE_BINARY:
      return text_at<arrow::LargeBinaryArray>(array, i);
    case arrow::Type::STRING_VIEW:
    case arrow::Type::BINARY_VIEW:
      return text_at<arrow::BinaryViewArray>(array, i);
    case arrow::Type::DATE32:
    case arrow::Type::DATE64:
    case arrow::Type::TIME32:
    case arrow::Type::TIME64:
    case arrow::Type::TIMESTAMP:
      return array.GetScalar(i).ValueOrDie()->ToString();
    case arrow::Type::LIST:
    case arrow::Type::MAP:
      return list_at<arrow::ListArray>(array, i);
    case arrow::Type::LARGE_LIST:
      return list_at<arrow::LargeListArray>(array, i);
    case arrow::Type::FIXED_SIZE_LIST:
      return list_at<arrow::FixedSizeListArray>(array, i);
    case arrow::Type::LIST_VIEW:
      return list_at<arrow::ListViewArray>(array, i);
    case arrow::Type::LARGE_LIST_VIEW:
      return list_at<arrow::LargeListViewArray>(array, i);
    case arrow::Type::STRUCT:
      return record_at(array, i);
    case arrow::Type::DICTIONARY: {
      const auto& words = as<arrow::DictionaryArray>(array);
      return value_at(*words.dictionary(), words.GetValueIndex(i));
    }
    case arrow::Type::EXTENSION:
      return value_at(*as<arrow::ExtensionArray>(array).storage(), i);
    default:
      fail(ErrorCode::unsupported, "holds values of the type ", array.type()->ToString());
  }
}

/// Runs a call into Arrow: its errors become ours. THROWS: corrupt_data.
template <class Call>
auto call_arrow(const std::string& where, Call&& call) {
  try {
    auto result = call();
    if (result.ok()) return std::move(result).ValueUnsafe();
    fail(ErrorCode::corrupt_data, where, ": cannot be read as Parquet: ", result.status().message());
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {
    fail(ErrorCode::corrupt_data, where, ": cannot be read as Parquet: ", error.what());
  }
}

/// The file in a form that can be read from its end.
std::shared_ptr<arrow::io::ReadableFile> open_file(const std::filesystem::path& path) {
  GzipInput input(path);
  if (path != "-" && std::filesystem::is_regular_file(path) && !input.compressed()) {
    return call_arrow(input.name(), [&] { return arrow::io::ReadableFile::Open(path.string()); });
  }
  TemporaryFile copy({});
  std::vector<char> buffer(size_t{1} << 16);
  while (const size_t size = input.read(buffer))
    copy.append(std::as_bytes(std::span(buffer).first(size)));
  return call_arrow(input.name(), [&] { return arrow::io::ReadableFile::Open(::dup(copy.descriptor())); });
}

bool ends_with(arrow::io::RandomAccessFile& file, std::string_view magic) {
  const auto size = file.GetSize();
  if (!size.ok() || *size < static_cast<int64_t>(magic.size())) return false;
  std::string end(magic.size(), '\0');
  const auto got = file.ReadAt(*size - static_cast<int64_t>(end.size()), static_cast<int64_t>(end.size()), end.data());
  return got.ok() && end == magic;
}

/// The columns of a record; none for anything else.
ColumnTree members_of_type(const arrow::DataType& type) {
  if (type.id() == arrow::Type::EXTENSION)
    return members_of_type(*static_cast<const arrow::ExtensionType&>(type).storage_type());
  ColumnTree tree;
  if (type.id() != arrow::Type::STRUCT) return tree;
  for (const std::shared_ptr<arrow::Field>& member : type.fields())
    tree.add(member->name(), members_of_type(*member->type()));
  return tree;
}

void add_leaves(const parquet::arrow::SchemaField& field, std::vector<int>& leaves) {
  if (field.is_leaf()) leaves.push_back(field.column_index);
  for (const parquet::arrow::SchemaField& child : field.children)
    add_leaves(child, leaves);
}

class ParquetTable : public RowSource {
 public:
  explicit ParquetTable(const std::filesystem::path& path) : name_(path == "-" ? "stdin" : path.string()) {
    const std::shared_ptr<arrow::io::ReadableFile> file = open_file(path);
    if (ends_with(*file, "PARE")) fail(ErrorCode::unsupported, name_, ": is encrypted");
    file_ = call_arrow(name_, [&] { return open(file); });
    for (const parquet::arrow::SchemaField& field : file_->manifest().schema_fields)
      add_column(*field.field);
    selection_ = all_columns(names_.size());
  }

  const std::vector<std::string>& names() const override { return names_; }
  /// It tells columns apart by their names.
  const ColumnTree* tree() const override { return tree_.names().size() == names_.size() ? &tree_ : nullptr; }
  void select(std::vector<size_t> columns) override { selection_ = std::move(columns); }

  bool next(std::vector<Value>& row) override {
    if (batches_ == nullptr) begin();
    while (batch_ == nullptr || next_in_batch_ == batch_->num_rows()) {
      batch_ = call_arrow(where_next(), [&] { return batches_->Next(); });
      if (batch_ == nullptr) return false;
      next_in_batch_ = 0;
    }
    ++row_;
    row.resize(selection_.size());
    for (size_t i = 0; i < selection_.size(); ++i)
      row[i] = read_cell(static_cast<int>(i));
    ++next_in_batch_;
    return true;
  }

  std::string where() const override { return name_ + ": row " + std::to_string(row_); }

 private:
  static arrow::Result<std::unique_ptr<parquet::arrow::FileReader>> open(
      std::shared_ptr<arrow::io::ReadableFile> file) {
    // Otherwise whole row groups are read before their first row.
    parquet::ReaderProperties pages;
    pages.enable_buffered_stream();
    parquet::ArrowReaderProperties rows;
    rows.set_pre_buffer(false);
    parquet::arrow::FileReaderBuilder builder;
    ARROW_RETURN_NOT_OK(builder.Open(std::move(file), pages));
    return builder.properties(rows)->Build();
  }

  void add_column(const arrow::Field& field) {
    names_.push_back(field.name());
    tree_.add(field.name(), members_of_type(*field.type()));
  }

  void begin() {
    std::vector<int> groups(static_cast<size_t>(file_->num_row_groups())), leaves;
    std::iota(groups.begin(), groups.end(), 0);
    for (const size_t column : selection_)
      add_leaves(file_->manifest().schema_fields[column], leaves);
    batches_ = call_arrow(name_, [&] {
      file_->set_batch_size(rows_of_a_batch(leaves));
      return file_->GetRecordBatchReader(groups, leaves);
    });
  }

  /// Few, where they are large.
  int64_t rows_of_a_batch(const std::vector<int>& leaves) const {
    constexpr int64_t kMaxRows = 1024, kBytes = int64_t{1} << 22;
    const auto metadata = file_->parquet_reader()->metadata();
    int64_t rows = kMaxRows;
    for (int i = 0; i < metadata->num_row_groups(); ++i) {
      const auto group = metadata->RowGroup(i);
      double bytes = 1;
      for (const int leaf : leaves)
        bytes += static_cast<double>(group->ColumnChunk(leaf)->total_uncompressed_size());
      rows = std::min(rows, static_cast<int64_t>(kBytes / (bytes / static_cast<double>(group->num_rows() + 1))));
    }
    return std::max<int64_t>(rows, 1);
  }

  Value read_cell(int column) const {
    try {
      return value_at(*batch_->column(column), next_in_batch_);
    } catch (const Error& error) {
      fail(error.code(), where(), ": column '", batch_->column_name(column), "' ", error.what(),
           ", expected texts or numbers; choose the columns with --columns");
    }
  }

  std::string where_next() const { return name_ + ": after row " + std::to_string(row_); }

  std::string name_;
  std::unique_ptr<parquet::arrow::FileReader> file_;
  std::vector<std::string> names_;
  ColumnTree tree_;
  std::vector<size_t> selection_;
  std::unique_ptr<arrow::RecordBatchReader> batches_;
  std::shared_ptr<arrow::RecordBatch> batch_;
  int64_t next_in_batch_ = 0;
  uint64_t row_ = 0;
};

}  // namespace

std::unique_ptr<RowSource> open_parquet(const std::filesystem::path& path, const TableOptions&) {
  return std::make_unique<ParquetTable>(path);
}

}  // namespace sbert
