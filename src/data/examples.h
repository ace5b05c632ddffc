#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <sbert/data.h>

#include "data/row_rules.h"
#include "data/table.h"

namespace sbert {

/// How many texts and labels an example has.
struct ExampleCounts {
  size_t texts, labels;
  bool label;  ///< a lone one

  bool operator==(const ExampleCounts&) const = default;
};

/// What examples must look like.
struct ExampleShape {
  size_t texts = 0;             ///< how many; 0: at least one
  std::optional<bool> label{};  ///< with or without; default: either
};

/// How to make examples of a table.
struct ExampleOptions {
  TableOptions table{};
  RowRules rows{};
  LabelRules labels{};
  ExampleShape shape{};
};

/// Streams a table as training examples: the label column (see is_label) becomes the label, times its scale; all
/// others are texts, or lists of texts, in the order of the columns. One thread at a time.
class ExampleReader {
 public:
  /// THROWS: what TableReader throws; invalid_argument if the columns do not have the wanted shape.
  ExampleReader(const std::filesystem::path& path, const ExampleOptions& options);

  /// Overwrites `example`; false at the end. THROWS: corrupt_data naming file, line and column; corrupt_data if no row
  /// made an example.
  bool next(InputExample& example);

  const std::vector<Column>& columns() const { return table_.columns(); }
  /// Names of the columns that are texts.
  std::vector<std::string> text_columns() const;
  /// Those of the options, with the classes that were found. A reader of the same file with these finds the same
  /// labels without looking for classes.
  const LabelRules& labels() const { return labels_; }
  /// Rows so far that made no example: a list was too short, or the label was missing.
  uint64_t skipped_rows() const { return skipped_; }

 private:
  bool read_row();
  /// Sets the label of `example`; false if the row is to be skipped.
  bool read_label(const Value& cell, const Column& column, InputExample& example) const;
  float class_number(const Value& cell, const Column& column) const;
  float number_label(const Value& cell, const Column& column) const;
  /// THROWS: corrupt_data if `example` has another number of texts or labels than the first one.
  void check_alike(const InputExample& example);

  TableReader table_;
  RowRules rows_;
  LabelRules labels_;
  ExampleShape shape_;
  std::map<std::string, float> class_numbers_;
  bool classes_ = false;  ///< labels are classes, perhaps numbered ones
  std::optional<size_t> label_column_;
  std::vector<Value> row_;
  std::deque<InputExample> ready_;  ///< made of the last row, not yet given out
  uint64_t made_ = 0, skipped_ = 0;
  std::optional<ExampleCounts> first_;
};

/// All examples of a file.
std::vector<InputExample> read_examples(const std::filesystem::path& path, const ExampleOptions& options);
std::vector<InputExample> read_examples(const std::filesystem::path& path, const TableOptions& options = {},
                                        const ExampleShape& shape = {});

}  // namespace sbert
