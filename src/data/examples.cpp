#include "data/examples.h"

#include "base/fail.h"

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

void check_shape(const ExampleShape& shape, size_t texts, bool label, const TableReader& table) {
  const bool texts_fit = shape.texts == 0 ? texts > 0 : texts == shape.texts;
  if (texts_fit && shape.label.value_or(label) == label) return;
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
       ", but has ", present, "; choose the columns with --columns");
}

}  // namespace

ExampleReader::ExampleReader(const std::filesystem::path& path, const TableOptions& options, const ExampleShape& shape)
    : table_(path, options), label_(find_label(table_.columns(), table_.name())) {
  check_shape(shape, columns().size() - (label_ ? 1 : 0), label_.has_value(), table_);
}

bool ExampleReader::next(InputExample& example) {
  if (!table_.next(row_)) return false;
  example.texts.clear();
  example.label.reset();
  for (size_t i = 0; i < row_.size(); ++i) {
    const Column& column = columns()[i];
    if (i == label_) {
      example.label = static_cast<float>(number_in(row_[i], column.role, table_.where()) * column.scale);
    } else {
      example.texts.push_back(take_text(std::move(row_[i]), column.role, table_.where()));
    }
  }
  return true;
}

std::vector<InputExample> read_examples(const std::filesystem::path& path, const TableOptions& options,
                                        const ExampleShape& shape) {
  ExampleReader reader(path, options, shape);
  std::vector<InputExample> examples;
  InputExample example;
  while (reader.next(example))
    examples.push_back(std::move(example));
  return examples;
}

}  // namespace sbert
