#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <sbert/dataset.h>

#include "data/table_options.h"

namespace sbert {

/// Whether a label cell holds no label: null, NaN, blank or "-"; or a list that is empty or has such an element.
bool is_missing_label(const Value& cell);
/// The same for a class: -1, too.
bool is_missing_class(const Value& cell);

/// The distinct class names in a label column, sorted; empty if they are all numbers. Numbers from 2^24 on, which a
/// label cannot hold exactly, are names like others, sorted as numbers. Reads the whole file.
/// THROWS: invalid_argument for stdin, which cannot be read twice; corrupt_data for a missing label, unless they are
/// skipped, and for names among numbers.
std::vector<std::string> find_class_names(const std::filesystem::path& path, const TableOptions& options,
                                          const Column& label, bool skip_missing);

}  // namespace sbert
