#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include <sbert/data.h>

namespace sbert {

/// What a loss wants its examples to look like.
struct ColumnExpectation {
  enum class Label {
    none,
    number,    ///< within [min_label, max_label]
    class_id,  ///< whole numbers from 0
    list,      ///< several numbers (a teacher's scores)
  };

  std::string loss;         ///< its name, for messages
  std::string description;  ///< "(sentence_a, sentence_b), score"
  size_t min_texts = 1;
  size_t max_texts = std::numeric_limits<size_t>::max();
  Label label = Label::none;
  double min_label = -std::numeric_limits<double>::infinity();
  double max_label = std::numeric_limits<double>::infinity();
  bool class_pairs = false;  ///< the loss compares examples of one class, so a class with one member is of no use
};

/// Something about the examples that is wrong, or probably wrong.
struct Finding {
  enum class Severity {
    error,    ///< training would fail or be meaningless
    warning,  ///< training would work, but perhaps not as meant
  };
  Severity severity;
  std::string message;  ///< one line
};

/// Looks at all examples before anything is trained: number of texts, labels (missing, out of range, all the same,
/// classes with one member), empty texts, columns that are constant or copies of each other, columns whose names look
/// reversed (answer before question, negative before positive).
/// `names`: the text columns; may be empty if they are not known.
std::vector<Finding> check_columns(const std::vector<InputExample>& examples, const std::vector<std::string>& names,
                                   const ColumnExpectation& expectation);

/// The first rows, for a person to look at: a line for each text, "question: How do I ...".
std::string preview(const std::vector<InputExample>& examples, const std::vector<std::string>& names, size_t rows = 3);

/// THROWS: invalid_argument with the first error among `findings` and a preview of the examples, in one line.
void throw_on_error(const std::vector<Finding>& findings, const std::vector<InputExample>& examples,
                    const std::vector<std::string>& names);

}  // namespace sbert
