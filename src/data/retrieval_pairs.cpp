#include <unordered_map>

#include "data/examples.h"
#include "data/retrieval_data.h"
#include "data/texts.h"

namespace sbert {

namespace {

/// Gives equal texts one id. Ids sort in the order in which the texts came, so ties in a ranking go to the earlier
/// text.
class Ids {
 public:
  explicit Ids(std::map<std::string, std::string>& texts) : texts_(texts) {}

  const std::string& of(const std::string& text) {
    const auto [entry, added] = ids_.try_emplace(text);
    if (added) {
      const std::string number = std::to_string(ids_.size());
      entry->second = std::string(20 - number.size(), '0') + number;
      texts_.emplace(entry->second, text);
    }
    return entry->second;
  }

 private:
  std::map<std::string, std::string>& texts_;
  std::unordered_map<std::string, std::string> ids_;
};

}  // namespace

RetrievalData read_retrieval_pairs(const std::filesystem::path& path, const TableOptions& table,
                                   const std::filesystem::path& more_documents) {
  RetrievalData data;
  Ids queries(data.queries), documents(data.corpus);
  ExampleReader reader(path, table, {.texts = 2});
  InputExample example;
  while (reader.next(example)) {
    const std::string& document = documents.of(example.texts[1]);
    if (example.label.value_or(1) > 0) data.relevant[queries.of(example.texts[0])].insert(document);
  }
  if (more_documents.empty()) return data;
  TextReader texts(more_documents);
  std::vector<std::string> chunk;
  while (texts.next(chunk, 1024)) {
    for (const std::string& text : chunk)
      documents.of(text);
  }
  return data;
}

}  // namespace sbert
