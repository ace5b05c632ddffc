#include <sbert/data.h>

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

InputExample make_example(const Value& row) {
  InputExample example;
  for (const auto& [name, cell] : row.record()) {
    if (!is_label(name)) {
      example.texts.push_back(take_text(Value(cell), name, "the data set"));
    } else if (cell.is_list()) {
      for (const Value& element : cell.list())
        example.labels.push_back(static_cast<float>(number_in(element, name, "the data set")));
    } else {
      example.label = static_cast<float>(number_in(cell, name, "the data set"));
    }
  }
  return example;
}

}  // namespace sbert
