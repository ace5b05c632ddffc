#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace sbert {

/// Which of several texts in one cell.
enum class Choice {
  first,
  random,  ///< from RowRules::seed and the number of the row: the same in every run
  all,     ///< each in turn
};

/// How one row of a table becomes training examples.
struct RowRules {
  enum class Shape {
    columns,  ///< one text from each column makes an example; a lone column with lists means pairs
    pairs,    ///< all texts of the row mean the same: pairs of them (quintets, {"set": [...]})
    split,    ///< each text is an example of its own, with the label of the row (title, question, answer -> topic)
  };

  Shape shape = Shape::columns;
  Choice positives = Choice::first;  ///< from lists in the first two columns, and which pairs
  Choice negatives = Choice::first;  ///< from lists in the later columns
  size_t negatives_each = 1;         ///< negatives in one example, if the last column holds lists
  uint64_t seed = 42;
};

/// What the label column holds.
enum class LabelKind {
  number,   ///< numbers; anything else is an error
  classes,  ///< names of classes, which become 0, 1, 2, ...; or such numbers
};

struct LabelRules {
  LabelKind kind = LabelKind::number;
  /// The classes in the order of their numbers. Empty: all that the file has, sorted by name (the file is read twice);
  /// numbers stay as they are.
  std::vector<std::string> classes{};
  /// Leave out rows whose label is missing: null, blank, NaN or "-" (as SNLI marks pairs without agreement), or a list
  /// with such an element; a class of -1.
  bool skip_missing = false;
};

}  // namespace sbert
