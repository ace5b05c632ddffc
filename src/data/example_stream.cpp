#include <sbert/data.h>

#include "base/fail.h"
#include "data/cell.h"
#include "data/columns.h"

namespace sbert {

ExampleStream::ExampleStream(std::vector<InputExample> examples) : in_memory_(true) {
  const auto all = std::make_shared<const std::vector<InputExample>>(std::move(examples));
  open_ = [all]() -> Next {
    return [all, i = size_t{0}](InputExample& example) mutable {
      if (i == all->size()) return false;
      example = (*all)[i++];
      return true;
    };
  };
}

namespace {

/// A class that becomes another one when it is rounded must not be taken for that.
float exact_label(const Value& cell, const std::string& column) {
  const double number = number_in(cell, column, "the data set");
  const auto label = static_cast<float>(number);
  const std::optional<int64_t> whole = as_whole_number(cell);
  if (!whole || static_cast<double>(label) == static_cast<double>(*whole)) return label;
  fail(ErrorCode::corrupt_data, "the data set: column '", column, "' holds ", cell.describe(),
       ", which a label cannot hold exactly: number classes from 0");
}

}  // namespace

InputExample make_example(const Value& row) {
  InputExample example;
  for (const auto& [name, cell] : row.record()) {
    if (!is_label(name)) {
      example.texts.push_back(take_text(Value(cell), name, "the data set"));
    } else if (cell.is_list()) {
      for (const Value& element : cell.list())
        example.labels.push_back(static_cast<float>(number_in(element, name, "the data set")));
    } else {
      example.label = exact_label(cell, name);
    }
  }
  return example;
}

}  // namespace sbert
