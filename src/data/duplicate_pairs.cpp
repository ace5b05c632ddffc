#include "data/duplicate_pairs.h"

#include "data/examples.h"
#include "data/text_ids.h"

namespace sbert {

DuplicatePairs read_duplicate_pairs(const std::filesystem::path& path, const TableOptions& table) {
  DuplicatePairs data;
  TextIds sentences(data.sentences);
  ExampleReader reader(path, {.table = table, .shape = {.texts = 2}});
  InputExample example;
  while (reader.next(example)) {
    const std::string &first = sentences.of(example.texts[0]), &second = sentences.of(example.texts[1]);
    if (example.label.value_or(1) > 0) data.duplicates.emplace_back(first, second);
  }
  return data;
}

}  // namespace sbert
