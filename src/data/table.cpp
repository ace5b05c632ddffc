#include "data/table.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/fail.h"
#include "data/formats.h"

namespace sbert {

namespace {

std::vector<std::string> split_at_dots(const std::string& name) {
  std::vector<std::string> parts(1);
  for (const char c : name) {
    if (c == '.') {
      parts.emplace_back();
    } else {
      parts.back().push_back(c);
    }
  }
  return parts;
}

std::optional<size_t> find_name(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<size_t>(found - names.begin());
}

std::optional<size_t> find_number(const std::vector<std::string>& names, const std::string& text) {
  size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number >= names.size()) return std::nullopt;
  return number;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "'" : ", '") + name + "'";
  return text;
}

std::string members_of(const Value& value) {
  if (!value.is_record() || value.size() == 0) return "";
  std::vector<std::string> names;
  for (const auto& [name, member] : value.record())
    names.push_back(name);
  return " of " + joined(names);
}

bool is_prefix(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return a.size() <= b.size() && std::equal(a.begin(), a.end(), b.begin());
}

}  // namespace

TableReader::TableReader(const std::filesystem::path& path, const TableOptions& options)
    : name_(path == "-" ? "stdin" : path.string()), source_(open_rows(path, options)) {
  if (options.columns.empty()) {
    use_all_columns();
  } else {
    use_columns(options.columns);
  }
  find_shared();
}

void TableReader::use_all_columns() {
  source_->find_columns();
  const std::vector<std::string>& names = source_->names();
  source_->select(all_columns(names.size()));
  const ColumnTree* tree = source_->tree();
  ColumnTree first;
  if (tree == nullptr) {
    // Only a row shows which columns are records.
    pending_ = source_->next(cells_);
    for (size_t i = 0; i < names.size(); ++i)
      first.add(Value::Record{{std::to_string(i), pending_ ? cells_[i] : Value()}});
    tree = &first;
  }
  std::vector<std::string> path;
  for (size_t i = 0; i < names.size(); ++i)
    add_members(names[i], i, tree->members(i), path);
}

void TableReader::add_members(const std::string& source, size_t cell, const ColumnTree& members,
                              std::vector<std::string>& path) {
  if (members.names().empty()) {
    columns_.push_back({path.empty() ? source : path.back(), source});
    origins_.push_back({cell, path});
  }
  for (size_t i = 0; i < members.names().size(); ++i) {
    path.push_back(members.names()[i]);
    add_members(source + "." + path.back(), cell, members.members(i), path);
    path.pop_back();
  }
}

std::optional<TableReader::Origin> TableReader::find(const std::string& source) const {
  const std::vector<std::string>& names = source_->names();
  if (const auto name = find_name(names, source)) return Origin{*name};
  if (const auto number = find_number(names, source)) return Origin{*number};
  std::vector<std::string> path = split_at_dots(source);
  const auto record = path.size() > 1 ? find_name(names, path.front()) : std::nullopt;
  if (!record) return std::nullopt;
  path.erase(path.begin());
  if (source_->tree() != nullptr && !source_->tree()->members(*record).has(path)) return std::nullopt;
  return Origin{*record, std::move(path)};
}

void TableReader::use_columns(const std::vector<Column>& columns) {
  const std::vector<std::string>& names = source_->names();
  const auto is_known = [this](const Column& column) { return find(column.source).has_value(); };
  if (!std::all_of(columns.begin(), columns.end(), is_known)) source_->find_columns();
  columns_ = columns;
  std::vector<size_t> selection;
  for (const Column& column : columns_) {
    if (std::count(names.begin(), names.end(), column.source) > 1) {
      fail(ErrorCode::invalid_argument, name_, ": has several columns '", column.source,
           "'; choose one by its number, from 0: ", joined(names));
    }
    const std::optional<Origin> origin = find(column.source);
    if (!origin) fail_no_column(column.source);
    auto cell = std::find(selection.begin(), selection.end(), origin->cell);
    if (cell == selection.end()) cell = selection.insert(cell, origin->cell);
    origins_.push_back({static_cast<size_t>(cell - selection.begin()), origin->path});
  }
  source_->select(std::move(selection));
}

void TableReader::fail_no_column(std::string wanted) {
  columns_.clear();
  use_all_columns();
  std::vector<std::string> known;
  for (const Column& column : columns_)
    known.push_back(column.source);
  fail(ErrorCode::not_found, name_, ": has no column '", wanted, "'; its columns are ", joined(known));
}

void TableReader::find_shared() {
  for (size_t i = 0; i < origins_.size(); ++i) {
    for (size_t j = i + 1; j < origins_.size(); ++j) {
      if (origins_[i].cell != origins_[j].cell) continue;
      origins_[i].shared |=
          is_prefix(origins_[i].path, origins_[j].path) || is_prefix(origins_[j].path, origins_[i].path);
    }
  }
}

Value TableReader::take(const Origin& origin) {
  Value* value = &cells_[origin.cell];
  for (const std::string& name : origin.path) {
    Value* member = value->find(name);
    if (member == nullptr && source_->tree() != nullptr && (value->is_record() || value->is_null())) return {};
    if (member == nullptr) {
      fail(ErrorCode::corrupt_data, where(), ": '", name, "' is missing in ", value->describe(), members_of(*value));
    }
    value = member;
  }
  return origin.shared ? *value : std::move(*value);
}

bool TableReader::next(std::vector<Value>& row) {
  if (!pending_ && !source_->next(cells_)) {
    if (rows_ == 0) fail(ErrorCode::corrupt_data, name_, ": has no rows");
    return false;
  }
  pending_ = false;
  ++rows_;
  row.resize(origins_.size());
  for (size_t i = 0; i < origins_.size(); ++i)
    row[i] = take(origins_[i]);
  return true;
}

}  // namespace sbert
