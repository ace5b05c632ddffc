#include "data/examples.h"

#include <algorithm>
#include <utility>

#include "base/fail.h"
#include "data/cell.h"
#include "data/class_names.h"
#include "data/expand_row.h"

namespace sbert {

namespace {

std::optional<size_t> find_label(const std::vector<Column>& columns, const std::string& file) {
  std::optional<size_t> label;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (!is_label(columns[i].role)) continue;
    if (label) {
      fail(ErrorCode::invalid_argument, file, ": columns '", columns[*label].role, "' and '", columns[i].role,
           "' are both labels; choose the columns with --columns");
    }
    label = i;
  }
  return label;
}

[[noreturn]] void fail_missing(const std::string& where, const Column& column, const Value& cell,
                               std::string_view expected) {
  fail(ErrorCode::corrupt_data, where, ": column '", column.role, "' holds ",
       cell.is_list() ? "a list without a label, or with none in some place" : cell.describe(), ", expected ", expected,
       "; sbert train --no-unlabelled leaves such rows out");
}

/// "2 texts and a list of 3 labels".
std::string describe_counts(const ExampleCounts& counts) {
  const std::string labels = counts.label ? " and a label"
                             : counts.labels > 0
                                 ? concat(" and a list of ", counts.labels, counts.labels == 1 ? " label" : " labels")
                                 : "";
  return concat(counts.texts, counts.texts == 1 ? " text" : " texts", labels);
}

[[noreturn]] void fail_shape(const ExampleShape& shape, const TableReader& table) {
  std::string present;
  for (const Column& column : table.columns())
    present += (present.empty() ? "'" : ", '") + column.role + "'";
  const std::string wanted = shape.texts == 0   ? "at least one text column"
                             : shape.texts == 1 ? "one text column"
                                                : std::to_string(shape.texts) + " text columns";
  fail(ErrorCode::invalid_argument, table.name(), ": needs ", wanted,
       !shape.label   ? ""
       : *shape.label ? " and a label column (label or score)"
                      : " and no label",
       ", but has ", present.empty() ? "none" : present, "; choose the columns with --columns");
}

}  // namespace

ExampleReader::ExampleReader(const std::filesystem::path& path, const ExampleOptions& options)
    : table_(path, options.table),
      rows_(options.rows),
      labels_(options.labels),
      shape_(options.shape),
      label_column_(find_label(table_.columns(), table_.name())) {
  const size_t texts = columns().size() - (label_column_ ? 1 : 0);
  const bool as_columns = rows_.shape == RowRules::Shape::columns;
  const bool fits = texts > 0 && (shape_.texts == 0 || texts == shape_.texts || !as_columns || texts == 1);
  if (!fits || shape_.label.value_or(label_column_.has_value()) != label_column_.has_value())
    fail_shape(shape_, table_);
  classes_ = labels_.kind == LabelKind::classes;
  if (!label_column_ || !classes_) return;
  if (labels_.classes.empty()) {
    labels_.classes = find_class_names(path, options.table, columns()[*label_column_], labels_.skip_missing);
    if (labels_.classes.empty()) labels_.kind = LabelKind::number;
  }
  constexpr size_t kMostClasses = size_t{1} << 24;  // of which each has a number that a label holds exactly
  if (labels_.classes.size() > kMostClasses) {
    fail(ErrorCode::invalid_argument, table_.name(), ": has ", labels_.classes.size(), " classes, more than ",
         kMostClasses);
  }
  for (const std::string& name : labels_.classes) {
    if (class_numbers_.emplace(name, static_cast<float>(class_numbers_.size())).second) continue;
    fail(ErrorCode::invalid_argument, "the class '", name, "' is named twice: name each class once");
  }
}

std::vector<std::string> ExampleReader::text_columns() const {
  std::vector<std::string> names;
  for (size_t i = 0; i < columns().size(); ++i) {
    if (i != label_column_) names.push_back(columns()[i].role);
  }
  return names;
}

float ExampleReader::class_number(const Value& cell, const Column& column) const {
  auto found = cell.is_text() ? class_numbers_.find(cell.text()) : class_numbers_.end();
  if (found == class_numbers_.end()) {
    if (const auto whole = as_whole_number(cell)) found = class_numbers_.find(std::to_string(*whole));
  }
  if (found == class_numbers_.end() && is_truth_value(cell)) {
    found = std::ranges::find_if(class_numbers_, [&](const auto& known) {
      return is_truth_value(known.first) && as_number(known.first) == as_number(cell);
    });
  }
  if (found != class_numbers_.end()) return found->second;
  if (is_missing_label(cell)) fail_missing(table_.where(), column, cell, "a class");
  constexpr size_t kShown = 20;
  std::string known;
  for (size_t i = 0; i < std::min(kShown, labels_.classes.size()); ++i)
    known.append(known.empty() ? "" : ", ").append(labels_.classes[i]);
  if (labels_.classes.size() > kShown) known += ", ...";
  fail(ErrorCode::corrupt_data, table_.where(), ": column '", column.role, "' holds ", cell.describe(),
       ", which is none of the classes ", known);
}

float ExampleReader::number_label(const Value& cell, const Column& column) const {
  if (is_missing_label(cell)) fail_missing(table_.where(), column, cell, "a number");
  if (cell.is_text() && !as_number(cell)) {
    fail(ErrorCode::corrupt_data, table_.where(), ": column '", column.role, "' holds ", cell.describe(),
         ", expected a number: names of classes are for losses on classes, and --columns leaves a column out");
  }
  const double number = number_in(cell, column.role, table_.where());
  if (classes_ && !as_whole_number(cell)) {
    fail(ErrorCode::corrupt_data, table_.where(), ": column '", column.role, "' holds ", cell.describe(),
         ", expected a class: a name or a whole number");
  }
  return static_cast<float>(number * column.scale);
}

bool ExampleReader::read_label(const Value& cell, const Column& column, InputExample& example) const {
  if (labels_.skip_missing && (classes_ ? is_missing_class(cell) : is_missing_label(cell))) return false;
  if (!cell.is_list()) {
    example.label = labels_.kind == LabelKind::classes ? class_number(cell, column) : number_label(cell, column);
    return true;
  }
  if (is_missing_label(cell)) fail_missing(table_.where(), column, cell, "numbers");
  for (const Value& element : cell.list()) {
    const double number = number_in(element, column.role, table_.where());
    example.labels.push_back(static_cast<float>(number * column.scale));
  }
  return true;
}

void ExampleReader::check_alike(const InputExample& example) {
  const ExampleCounts counts{example.texts.size(), example.labels.size(), example.label.has_value()};
  if (!first_) first_ = counts;
  if (counts == *first_) return;
  fail(ErrorCode::corrupt_data, table_.where(), ": makes an example of ", describe_counts(counts),
       ", unlike the first one, of ", describe_counts(*first_));
}

bool ExampleReader::read_row() {
  if (!table_.next(row_)) return false;
  InputExample labelled;
  if (label_column_ && !read_label(row_[*label_column_], columns()[*label_column_], labelled)) {
    ++skipped_;
    return true;
  }
  RowTexts texts;
  bool lists = false;
  for (size_t i = 0; i < row_.size(); ++i) {
    if (i == label_column_) continue;
    lists = lists || row_[i].is_list();
    texts.push_back(take_texts(std::move(row_[i]), columns()[i].role, table_.where()));
  }
  RowRules rules = rows_;
  if (texts.size() == 1 && lists && rules.shape == RowRules::Shape::columns) rules.shape = RowRules::Shape::pairs;
  std::vector<std::vector<std::string>> examples = expand_row(texts, rules, table_.rows() - 1);
  if (examples.empty()) ++skipped_;
  for (std::vector<std::string>& example : examples) {
    if (shape_.texts != 0 && example.size() != shape_.texts) fail_shape(shape_, table_);
    labelled.texts = std::move(example);
    check_alike(labelled);
    ready_.push_back(labelled);
  }
  return true;
}

bool ExampleReader::next(InputExample& example) {
  while (ready_.empty()) {
    if (read_row()) continue;
    if (made_ == 0) {
      fail(ErrorCode::corrupt_data, table_.name(), ": none of its ", table_.rows(),
           " rows makes an example: lists are too short, or labels missing");
    }
    return false;
  }
  ++made_;
  example = std::move(ready_.front());
  ready_.pop_front();
  return true;
}

std::vector<InputExample> read_examples(const std::filesystem::path& path, const ExampleOptions& options) {
  ExampleReader reader(path, options);
  std::vector<InputExample> examples;
  InputExample example;
  while (reader.next(example))
    examples.push_back(std::move(example));
  return examples;
}

std::vector<InputExample> read_examples(const std::filesystem::path& path, const TableOptions& options,
                                        const ExampleShape& shape) {
  return read_examples(path, {.table = options, .shape = shape});
}

}  // namespace sbert
