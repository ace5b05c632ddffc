#include "data/json_document_table.h"

#include <unordered_map>

#include "base/fail.h"
#include "data/cell.h"
#include "data/json_value.h"
#include "data/jsonl_table.h"
#include "text/utf8_lines.h"

namespace sbert {

namespace {

constexpr size_t kMaxDocumentBytes = size_t{1} << 30;

/// Rows that are in memory.
class DocumentTable : public RowSource {
 public:
  DocumentTable(std::string name, Value::List rows) : name_(std::move(name)), rows_(std::move(rows)) {
    if (rows_.empty()) fail(ErrorCode::corrupt_data, name_, ": has no rows");
    rows_.front() = object();
    for (const auto& [column, value] : rows_.front().record())
      names_.push_back(column);
    selection_ = all_columns(names_.size());
  }

  const std::vector<std::string>& names() const override { return names_; }
  void select(std::vector<size_t> columns) override { selection_ = std::move(columns); }
  bool next(std::vector<Value>& row) override {
    if (next_ == rows_.size()) return false;
    Value members = object();
    ++next_;
    take_members(members, names_, selection_, where(), row);
    return true;
  }
  std::string where() const override { return name_ + ": element " + std::to_string(next_ == 0 ? 0 : next_ - 1); }

 private:
  /// The next row, no longer in `rows_`.
  Value object() {
    Value row = as_object(std::move(rows_[next_]));
    if (row.is_record()) return row;
    fail(ErrorCode::corrupt_data, name_, ": element ", next_, " is ", row.describe(), ", expected an object or a list");
  }

  std::string name_;
  Value::List rows_;
  size_t next_ = 0;
  std::vector<std::string> names_;
  std::vector<size_t> selection_;
};

/// {"annotations": [{"image_id": 1, "caption": "..."}, ...]} -> {"image_id": "1", "captions": ["...", ...]}, ...
Value::List group_captions(const Value& annotations, const std::string& name) {
  Value::List rows;
  std::unordered_map<std::string, size_t> row_of_image;
  for (const Value& annotation : annotations.list()) {
    const Value* image = annotation.find("image_id");
    const Value* caption = annotation.find("caption");
    if (image == nullptr || caption == nullptr) {
      fail(ErrorCode::corrupt_data, name, ": an annotation has no 'image_id' or no 'caption': these are not captions");
    }
    std::string id = take_id(Value(*image), "image_id", name);
    const auto [entry, added] = row_of_image.try_emplace(id, rows.size());
    if (added) rows.emplace_back(Value::Record{{"image_id", std::move(id)}, {"captions", Value::List()}});
    rows[entry->second].find("captions")->list().push_back(*caption);
  }
  return rows;
}

Value read_document(const std::filesystem::path& path, TextEncoding encoding) {
  text::Utf8Lines lines(path, encoding);
  std::string text, line;
  while (lines.next(line)) {
    text += line;
    text += '\n';
    if (text.size() > kMaxDocumentBytes) {
      fail(ErrorCode::unsupported, lines.name(), ": larger than ", kMaxDocumentBytes >> 20,
           " MiB; a file with one JSON object a line may have any size");
    }
  }
  return parse_value(text, lines.name());
}

/// Whether the first line that is not blank is a whole JSON object that is not a document of its own.
bool is_object_a_line(const std::filesystem::path& path, TextEncoding encoding) {
  text::Utf8Lines lines(path, encoding);
  std::string line;
  do {
    if (!lines.next(line)) return true;
  } while (line.find_first_not_of(" \t\r") == std::string::npos);
  if (line[line.find_first_not_of(" \t\r")] != '{') return false;
  try {
    return parse_value(line, "").find("annotations") == nullptr;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

std::unique_ptr<RowSource> open_json_document(const std::filesystem::path& path, const TableOptions& options) {
  if (path == "-" || is_object_a_line(path, options.encoding)) return std::make_unique<JsonlTable>(path, options);
  Value document = read_document(path, options.encoding);
  if (document.is_list()) return std::make_unique<DocumentTable>(path.string(), std::move(document.list()));
  if (const Value* annotations = document.find("annotations"); annotations != nullptr && annotations->is_list()) {
    return std::make_unique<DocumentTable>(path.string(), group_captions(*annotations, path.string()));
  }
  fail(ErrorCode::corrupt_data, path.string(), ": holds ", document.describe(),
       "; expected objects a line, a list of rows, or COCO captions");
}

}  // namespace sbert
