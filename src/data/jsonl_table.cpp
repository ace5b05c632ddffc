#include "data/jsonl_table.h"

#include <algorithm>

#include "base/fail.h"

namespace sbert {

namespace {

constexpr int kMaxDepth = 64;

/// How deeply lists and objects are nested. Deep nesting would overflow the stack of whoever walks the value.
int nesting(const std::string& text) {
  int depth = 0, deepest = 0;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') quoted = !quoted;
    if (quoted) {
      i += c == '\\';  // whatever is escaped does not end the string
      continue;
    }
    if (c == '[' || c == '{') deepest = std::max(deepest, ++depth);
    if (c == ']' || c == '}') --depth;
  }
  return deepest;
}

/// Copies, because a column may be asked for twice.
Cell to_cell(const OrderedJson& value) {
  if (value.is_string()) return value.get_ref<const std::string&>();
  if (value.is_number()) return value.get<double>();
  return value;
}

}  // namespace

JsonlTable::JsonlTable(const std::filesystem::path& path) : lines_(path) {
  if (!read_object()) fail(ErrorCode::corrupt_data, lines_.name(), ": has no rows");
  for (const auto& [name, value] : object_.items())
    names_.push_back(name);
  pending_ = true;
}

bool JsonlTable::read_object() {
  do {
    if (!lines_.next(line_)) return false;
  } while (line_.find_first_not_of(" \t\r") == std::string::npos);
  if (nesting(line_) > kMaxDepth) fail(ErrorCode::corrupt_data, where(), ": nested more than ", kMaxDepth, " deep");
  try {
    object_ = OrderedJson::parse(line_);
  } catch (const OrderedJson::parse_error& error) {
    fail(ErrorCode::corrupt_data, where(), ": broken JSON at byte ", error.byte, "; each line must be one object");
  } catch (const OrderedJson::exception&) {
    fail(ErrorCode::corrupt_data, where(), ": a number in the JSON is out of range");
  }
  if (!object_.is_object()) {
    fail(ErrorCode::corrupt_data, where(), ": holds ", object_.is_array() ? "a list" : "a lone value",
         ", each line must be one JSON object");
  }
  return true;
}

bool JsonlTable::next(std::vector<Cell>& row) {
  if (!pending_ && !read_object()) return false;
  pending_ = false;
  row.resize(selection_.size());
  for (size_t i = 0; i < selection_.size(); ++i) {
    const std::string& name = names_[selection_[i]];
    const auto found = object_.find(name);
    if (found == object_.end()) fail(ErrorCode::corrupt_data, where(), ": '", name, "' is missing");
    row[i] = to_cell(*found);
  }
  return true;
}

}  // namespace sbert
