#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "data/parquet/metadata.h"

namespace sbert::parquet {

/// A column, or a group of columns, and how deep it lies (Melnik et al. 2010: a value in a column comes with the number
/// of optional and repeated groups around it that are there, and with the number of the repeated one that goes on).
struct Node {
  SchemaElement element;
  unsigned definition = 0, repetition = 0;  ///< levels; its own counts
  std::vector<Node> children{};
  size_t first_leaf = 0, leaves = 0;  ///< the columns in it, which are no groups; itself if it is none

  bool is_leaf() const { return children.empty(); }
};

/// The columns of a file. THROWS: corrupt_data.
std::vector<Node> build_columns(const std::vector<SchemaElement>& schema);

}  // namespace sbert::parquet
