#pragma once

#include <string>
#include <vector>

#include "data/row_rules.h"

namespace sbert {

/// The texts of each input column of one row: one, or several where the cell is a list.
using RowTexts = std::vector<std::vector<std::string>>;

/// The examples that one row makes: for each its texts. None if a list is too short. `row` counts rows from 0 and
/// decides random choices.
std::vector<std::vector<std::string>> expand_row(const RowTexts& columns, const RowRules& rules, uint64_t row);

}  // namespace sbert
