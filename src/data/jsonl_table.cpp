#include "data/jsonl_table.h"

#include "base/fail.h"
#include "data/json_value.h"

namespace sbert {

JsonlTable::JsonlTable(const std::filesystem::path& path, const TableOptions& options)
    : lines_(path, options.encoding) {
  if (!read_object()) fail(ErrorCode::corrupt_data, lines_.name(), ": has no rows");
  for (const auto& [name, value] : object_.record())
    names_.push_back(name);
  selection_ = all_columns(names_.size());
  pending_ = true;
}

bool JsonlTable::read_object() {
  do {
    if (!lines_.next(line_)) return false;
  } while (line_.find_first_not_of(" \t\r") == std::string::npos);
  object_ = as_object(parse_value(line_, where()));
  if (!object_.is_record()) {
    fail(ErrorCode::corrupt_data, where(), ": holds ", object_.describe(),
         ", each line must be one JSON object or list");
  }
  return true;
}

bool JsonlTable::next(std::vector<Value>& row) {
  if (!pending_ && !read_object()) return false;
  pending_ = false;
  take_members(object_, names_, selection_, where(), row);
  return true;
}

Value as_object(Value row) {
  if (!row.is_list()) return row;
  Value::Record record;
  record.reserve(row.list().size());
  for (Value& element : row.list())
    record.emplace_back(std::to_string(record.size()), std::move(element));
  return record;
}

void take_members(Value& object, const std::vector<std::string>& names, const std::vector<size_t>& selection,
                  const std::string& where, std::vector<Value>& row) {
  row.resize(selection.size());
  for (size_t i = 0; i < selection.size(); ++i) {
    Value* member = object.find(names[selection[i]]);
    if (member == nullptr) fail(ErrorCode::corrupt_data, where, ": '", names[selection[i]], "' is missing");
    row[i] = std::move(*member);
  }
}

}  // namespace sbert
