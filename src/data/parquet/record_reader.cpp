#include "data/parquet/record_reader.h"

#include "base/fail.h"

namespace sbert::parquet {
namespace {

void collect_leaves(const Node& node, std::vector<const Node*>& leaves) {
  if (node.is_leaf()) leaves.push_back(&node);
  for (const Node& child : node.children)
    collect_leaves(child, leaves);
}

/// Whether a list's repeated group only wraps its elements, so that they may be null. Older writers leave it out.
bool wraps_elements(const Node& list, const Node& repeated) {
  const std::string& name = repeated.element.name;
  return repeated.children.size() == 1 && name != "array" && name != list.element.name + "_tuple";
}

}  // namespace

RecordReader::RecordReader(const std::shared_ptr<const MappedFile>& file, std::span<const Node* const> columns,
                           const RowGroup& group)
    : columns_(columns) {
  std::vector<const Node*> leaves;
  for (const Node* column : columns_)
    collect_leaves(*column, leaves);
  for (const Node* leaf : leaves) {
    if (leaf->first_leaf >= group.columns.size()) {
      fail(ErrorCode::corrupt_data, "the Parquet file lacks its column '", leaf->element.name, "'");
    }
    leaves_[leaf->first_leaf] = std::make_unique<ColumnReader>(file, *leaf, group.columns[leaf->first_leaf]);
  }
}

void RecordReader::next(std::vector<Value>& row) {
  row.clear();
  for (const Node* column : columns_)
    row.push_back(read(*column));
}

Value RecordReader::read(const Node& node) {
  if (node.element.repetition == Repetition::repeated) return read_repeated(node, false);
  const ColumnReader& leaf = first_leaf(node);
  if (node.is_leaf() || leaf.at_end() || leaf.definition() >= node.definition) return read_present(node);
  skip(node);
  return {};
}

Value RecordReader::read_present(const Node& node) {
  if (node.is_leaf()) return first_leaf(node).take();
  const Node& child = node.children.front();
  if (node.element.meaning != Meaning::plain && child.element.repetition == Repetition::repeated) {
    return read_repeated(child, node.element.meaning == Meaning::list && wraps_elements(node, child));
  }
  Value::Record record;
  for (const Node& member : node.children)
    record.emplace_back(member.element.name, read(member));
  return Value(std::move(record));
}

Value RecordReader::read_repeated(const Node& node, bool wrapped) {
  const ColumnReader& leaf = first_leaf(node);
  Value::List list;
  if (!leaf.at_end() && leaf.definition() < node.definition) {
    skip(node);
    return Value(std::move(list));
  }
  do
    list.push_back(wrapped ? read(node.children.front()) : read_present(node));
  while (!leaf.at_end() && leaf.repetition() == node.repetition);
  return Value(std::move(list));
}

void RecordReader::skip(const Node& node) {
  for (size_t leaf = node.first_leaf; leaf < node.first_leaf + node.leaves; ++leaf)
    leaves_.at(leaf)->take();
}

}  // namespace sbert::parquet
