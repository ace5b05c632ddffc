#include "data/examples.h"
#include "data/formats.h"
#include "data/retrieval_data.h"
#include "data/text_ids.h"
#include "data/texts.h"

namespace sbert {

namespace {

/// A table with the column that holds the documents elsewhere needs no further word.
TableOptions column_called(const std::string& name, const std::vector<std::filesystem::path>& files) {
  TableOptions options{.following = {files.begin() + 1, files.end()}};
  if (!is_table_file(files.front())) return options;
  const TableReader table(files.front());
  for (const Column& column : table.columns()) {
    if (column.role == name) options.columns = {column};
  }
  return options;
}

}  // namespace

RetrievalData read_retrieval_pairs(const std::filesystem::path& path, const TableOptions& table,
                                   const std::vector<std::filesystem::path>& more_documents) {
  RetrievalData data;
  TextIds queries(data.queries), documents(data.corpus);
  ExampleReader reader(path, {.table = table, .shape = {.texts = 2}});
  InputExample example;
  while (reader.next(example)) {
    const std::string& document = documents.of(example.texts[1]);
    if (example.label.value_or(1) > 0) data.relevant[queries.of(example.texts[0])].insert(document);
  }
  if (more_documents.empty()) return data;
  TextReader texts(more_documents.front(), column_called(reader.text_columns()[1], more_documents));
  std::vector<std::string> chunk;
  while (texts.next(chunk, 1024)) {
    for (const std::string& text : chunk)
      documents.of(text);
  }
  return data;
}

}  // namespace sbert
