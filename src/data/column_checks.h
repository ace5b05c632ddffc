#pragma once

#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sbert/data.h>

#include "losses/loss.h"

namespace sbert {

/// What a loss wants its examples to look like.
struct ColumnExpectation {
  enum class Label {
    none,
    number,    ///< within [min_label, max_label]
    binary,    ///< 0 or 1
    class_id,  ///< whole numbers from 0 to max_label
    list,      ///< several numbers (a teacher's scores)
  };

  std::string loss;         ///< its name, for messages
  std::string description;  ///< "the columns (sentence_a, sentence_b), score"
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

/// What ColumnCheck knows of the examples it has seen.
struct ExampleStatistics {
  struct TextColumn {
    size_t empty = 0, first_empty = 0;  ///< how many, and the row of the first one
    bool constant = true;
    std::vector<bool> copied_by{};  ///< for each column after this one, whether it is equal in all rows
  };

  size_t count = 0;
  std::vector<InputExample> first{};  ///< a few, for preview()
  std::vector<TextColumn> columns{};
  bool same_labels = true;
  std::optional<std::pair<size_t, float>> bad_label{};  ///< row and label of the first one that the loss does not take
  std::map<float, size_t> class_sizes{};
};

/// Looks at all examples, one after the other, before anything is trained: whether they are what the loss takes (number
/// of texts, labels and their range, classes with one member), labels that are all the same, empty texts, columns that
/// are constant or copies of each other, columns whose names look reversed (answer before question, negative before
/// positive).
class ColumnCheck {
 public:
  explicit ColumnCheck(ColumnExpectation expectation) : expectation_(std::move(expectation)) {}
  /// `loss` must outlive this.
  explicit ColumnCheck(const losses::LossFunction& loss) : loss_(&loss) {}

  /// REQUIRES: it has as many texts, and labels, as the first.
  void add(const InputExample& example);
  /// About all examples so far. `names`: of the text columns; may be empty if they are not known. `classes`: the names
  /// of labels 0, 1, ..., if they have names.
  std::vector<Finding> findings(const std::vector<std::string>& names,
                                const std::vector<std::string>& classes = {}) const;

  size_t count() const { return seen_.count; }
  const std::vector<InputExample>& first() const { return seen_.first; }

 private:
  void begin(const InputExample& example);
  void add_label(float label);
  void add_texts(const std::vector<std::string>& texts);

  const losses::LossFunction* loss_ = nullptr;
  ColumnExpectation expectation_{};
  std::string shape_error_{};  ///< what the loss says about the number of texts and labels
  ExampleStatistics seen_{};
};

/// Warns of text columns whose names are those of a database's keys: they teach nothing.
std::vector<Finding> ids_among_texts(const std::vector<std::string>& names);

constexpr size_t kPreviewRows = 3;

/// The first rows, for a person to look at: a line for each text, "question: How do I ...". `classes`: the names of
/// labels 0, 1, ..., if they have names.
std::string preview(const std::vector<InputExample>& examples, const std::vector<std::string>& names,
                    const std::vector<std::string>& classes = {}, size_t rows = kPreviewRows);

/// THROWS: invalid_argument with the first error among `findings` and the first example, in one line. `source` begins
/// it: where the examples come from, or nothing.
void throw_on_error(const std::vector<Finding>& findings, const std::vector<InputExample>& examples,
                    const std::vector<std::string>& names, const std::string& source = {});

}  // namespace sbert
