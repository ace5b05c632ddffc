#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sbert {

/// One column a user asked for.
struct Column {
  std::string role;    ///< what it is used as: "sentence1", "anchor", "score", ...
  std::string source;  ///< its name in the file; else its 0-based number
  double scale = 1;    ///< a label is multiplied by this
};

/// As in sentence-transformers, the column whose role is label, labels, score or scores is the label; all others are
/// inputs, in the order given.
bool is_label(std::string_view role);

/// "a=0,b=1,score=2": role=source pairs; a lone name is both.
/// THROWS: invalid_argument for an empty name, a role given twice, or two labels.
std::vector<Column> parse_columns(std::string_view text);

/// What labels are multiplied by.
struct LabelScale {
  std::string role;
  double factor;
};

/// "score=0.2". THROWS: invalid_argument for something that is not a number.
std::vector<LabelScale> parse_scales(std::string_view text);

/// THROWS: invalid_argument for a role that no column has, or that is not a label.
void set_scales(std::vector<Column>& columns, const std::vector<LabelScale>& scales);

}  // namespace sbert
