#include "data/examples.h"
#include "data/formats.h"
#include "data/retrieval_data.h"
#include "data/text_ids.h"
#include "data/texts.h"

namespace sbert {

RetrievalData read_retrieval_pairs(const InputFile& file, const TableOptions& table,
                                   const std::optional<TableInput>& more_documents) {
  RetrievalData data;
  TextIds queries(data.queries), documents(data.corpus);
  ExampleReader reader(file, {.table = table, .shape = {.texts = 2}});
  InputExample example;
  while (reader.next(example)) {
    const std::string& document = documents.of(example.texts[1]);
    if (example.label.value_or(1) > 0) data.relevant[queries.of(example.texts[0])].insert(document);
  }
  if (!more_documents) return data;
  // A table with the column that holds the documents elsewhere needs no further word.
  TableOptions options = more_documents->options;
  options.text_names = {reader.text_columns()[1], "text", "sentence"};
  TextReader texts(more_documents->file, options);
  std::vector<std::string> chunk;
  while (texts.next(chunk, 1024)) {
    for (const std::string& text : chunk)
      documents.of(text);
  }
  return data;
}

}  // namespace sbert
