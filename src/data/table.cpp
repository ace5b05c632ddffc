#include "data/table.h"

#include <algorithm>
#include <charconv>

#include "base/fail.h"
#include "data/class_names.h"
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

TableReader::TableReader(const InputFile& file, const TableOptions& options)
    : name_(file.name()), source_(open_rows(file, options)) {
  index_names();
  use(options);
  set_scales(columns_, options.scales);
}

void TableReader::index_names() {
  places_.clear();
  for (size_t i = 0; i < source_->names().size(); ++i)
    ++places_.try_emplace(source_->names()[i], Place{i, 0}).first->second.count;
}

void TableReader::find_all_columns() {
  source_->find_columns();
  index_names();
}

bool TableReader::has_all(const std::vector<Column>& columns) {
  const auto is_known = [this](const Column& column) { return find(column.source).has_value(); };
  if (std::ranges::all_of(columns, is_known)) return true;
  find_all_columns();
  return std::ranges::all_of(columns, is_known);
}

void TableReader::use(const TableOptions& options) {
  const std::vector<std::string>& texts = options.text_names;
  const bool skips = !options.unlabelled;
  const bool prefers = !options.preferred.empty() && has_all(options.preferred);
  chosen_ = !options.columns.empty() || prefers;
  if (prefers) return use_columns(with_label(options.preferred), skips, false);
  if (!options.columns.empty()) return use_columns(options.columns, skips, !texts.empty());
  if (!texts.empty() && !places_.contains(texts.front())) find_all_columns();
  const auto text = std::ranges::find_if(texts, [this](const auto& name) { return places_.contains(name); });
  if (text != texts.end()) return use_columns({{*text, *text}}, skips, true);
  use_all_columns();
  if (skips) find_label();
  if (!texts.empty()) keep_one_column(texts);
}

void TableReader::use_all_columns() {
  find_all_columns();
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

void TableReader::keep_one_column(const std::vector<std::string>& names) {
  const auto called = [this](const std::string& name) {
    return std::ranges::find(columns_, name, &Column::role) - columns_.begin();
  };
  std::ptrdiff_t kept = std::ssize(columns_) == 1 ? 0 : std::ssize(columns_);
  for (const std::string& name : names) {
    if (kept == std::ssize(columns_)) kept = called(name);
  }
  if (kept == std::ssize(columns_)) {
    std::string known;
    for (const Column& column : columns_)
      known += (known.empty() ? "'" : ", '") + column.role + "'";
    fail(ErrorCode::invalid_argument, name_, ": has the columns ", known, "; choose one with --column");
  }
  columns_ = {columns_[static_cast<size_t>(kept)]};
  origins_ = {origins_[static_cast<size_t>(kept)]};
}

void TableReader::use_columns(const std::vector<Column>& columns, bool skips, bool reads_other_labels) {
  if (!has_all(columns)) {
    const auto missing = std::ranges::find_if(columns, [this](const Column& column) { return !find(column.source); });
    fail_no_column(missing->source);
  }
  std::vector<size_t> selection;
  std::unordered_map<size_t, size_t> cells;  // of the source -> of the selection
  const auto select = [&](Origin origin) {
    const auto [cell, added] = cells.try_emplace(origin.cell, selection.size());
    if (added) selection.push_back(origin.cell);
    origin.cell = cell->second;
    return origin;
  };
  for (const Column& column : columns) {
    const auto known = places_.find(column.source);
    if (known != places_.end() && known->second.count > 1) {
      fail(ErrorCode::invalid_argument, name_, ": has several columns '", column.source,
           "'; choose one by its number, from 0: ", joined(source_->names()));
    }
    columns_.push_back(column);
    origins_.push_back(select(*find(column.source)));
  }
  if (skips) find_label();
  if (skips && reads_other_labels && !label_) {
    const auto other = std::ranges::find_if(source_->names(), [](const std::string& name) { return is_label(name); });
    if (other != source_->names().end()) label_ = select({places_.at(*other).index});
  }
  source_->select(std::move(selection));
  find_shared();
}

std::vector<Column> TableReader::with_label(std::vector<Column> columns) const {
  if (std::ranges::any_of(columns, [](const Column& column) { return is_label(column.role); })) return columns;
  const auto label = std::ranges::find_if(source_->names(), [](const std::string& name) { return is_label(name); });
  if (label != source_->names().end()) columns.push_back({*label, *label});
  return columns;
}

void TableReader::find_label() {
  for (size_t i = 0; i < columns_.size() && !label_; ++i) {
    if (is_label(columns_[i].role)) label_ = origins_[i];
  }
}

std::optional<TableReader::Origin> TableReader::find(const std::string& source) const {
  if (const auto place = places_.find(source); place != places_.end()) return Origin{place->second.index};
  if (const auto number = find_number(source_->names(), source)) return Origin{*number};
  std::vector<std::string> path = split_at_dots(source);
  const auto record = path.size() > 1 ? places_.find(path.front()) : places_.end();
  if (record == places_.end()) return std::nullopt;
  path.erase(path.begin());
  const size_t cell = record->second.index;
  if (source_->tree() != nullptr && !source_->tree()->members(cell).has(path)) return std::nullopt;
  return Origin{cell, std::move(path)};
}

void TableReader::fail_no_column(std::string wanted) {
  columns_.clear();
  use_all_columns();
  std::vector<std::string> known;
  for (const Column& column : columns_)
    known.push_back(column.source);
  fail(ErrorCode::not_found, name_, ": has no column '", wanted, "'; its columns are ", joined(known));
}

/// Only columns that somebody named can share a cell.
void TableReader::find_shared() {
  std::unordered_map<size_t, std::vector<size_t>> of_cell;
  for (size_t j = 0; j < origins_.size(); ++j) {
    std::vector<size_t>& earlier = of_cell[origins_[j].cell];
    for (const size_t i : earlier) {
      origins_[i].shared |=
          is_prefix(origins_[i].path, origins_[j].path) || is_prefix(origins_[j].path, origins_[i].path);
    }
    earlier.push_back(j);
  }
}

Value* TableReader::value_of(const Origin& origin) {
  Value* value = &cells_[origin.cell];
  for (const std::string& name : origin.path) {
    Value* member = value->find(name);
    if (member == nullptr && source_->tree() != nullptr && (value->is_record() || value->is_null())) return nullptr;
    if (member == nullptr) {
      fail(ErrorCode::corrupt_data, where(), ": '", name, "' is missing in ", value->describe(), members_of(*value));
    }
    value = member;
  }
  return value;
}

bool TableReader::next(std::vector<Value>& row) {
  do {
    if (!pending_ && !source_->next(cells_)) {
      if (rows_ == 0) fail(ErrorCode::corrupt_data, name_, ": has no rows");
      return false;
    }
    pending_ = false;
    ++rows_;
  } while (is_unlabelled());
  row.resize(origins_.size());
  for (size_t i = 0; i < origins_.size(); ++i) {
    Value* const value = value_of(origins_[i]);
    if (value == nullptr) {
      row[i] = Value();
    } else if (origins_[i].shared) {
      row[i] = *value;
    } else {
      row[i] = std::move(*value);
    }
  }
  return true;
}

bool TableReader::is_unlabelled() {
  if (!label_) return false;
  const Value* const label = value_of(*label_);
  const bool missing = label == nullptr || is_missing_label(*label);
  skipped_ += missing;
  return missing;
}

}  // namespace sbert
