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

/// "score=0.2": sets the scale of the columns named by role. THROWS: invalid_argument for an unknown role, one that is
/// not a label, or something that is not a number.
void set_scales(std::vector<Column>& columns, std::string_view text);

}  // namespace sbert
