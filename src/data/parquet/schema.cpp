#include "data/parquet/schema.h"

#include "base/fail.h"

namespace sbert::parquet {
namespace {

constexpr unsigned kMostNesting = 64;

class Builder {
 public:
  explicit Builder(const std::vector<SchemaElement>& schema) : schema_(schema) {}

  Node build(unsigned definition, unsigned repetition, unsigned depth) {
    if (next_ == schema_.size() || depth == kMostNesting) {
      fail(ErrorCode::corrupt_data, "the Parquet file has a damaged schema");
    }
    Node node{.element = schema_[next_++], .definition = definition, .repetition = repetition};
    // The root is required, whatever it says.
    if (depth > 0 && node.element.repetition != Repetition::required) ++node.definition;
    if (depth > 0 && node.element.repetition == Repetition::repeated) ++node.repetition;
    node.first_leaf = leaves_;
    if (node.element.physical) {
      ++leaves_;
    } else if (node.element.children == 0 && depth > 0) {
      fail(ErrorCode::unsupported, "the Parquet file has a group '", node.element.name, "' without columns");
    }
    const size_t children = node.element.physical ? 0 : node.element.children;
    for (size_t i = 0; i < children; ++i)
      node.children.push_back(build(node.definition, node.repetition, depth + 1));
    node.leaves = leaves_ - node.first_leaf;
    return node;
  }

 private:
  const std::vector<SchemaElement>& schema_;
  size_t next_ = 0;
  size_t leaves_ = 0;
};

}  // namespace

std::vector<Node> build_columns(const std::vector<SchemaElement>& schema) {
  return Builder(schema).build(0, 0, 0).children;
}

}  // namespace sbert::parquet
