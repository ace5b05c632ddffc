#include "base/fail.h"
#include "data/cell.h"
#include "data/retrieval_data.h"

namespace sbert {

namespace {

std::filesystem::path find_file(const std::filesystem::path& directory, const std::string& name) {
  for (const char* ending : {"", ".gz"}) {
    const std::filesystem::path path = directory / (name + ending);
    if (std::filesystem::exists(path)) return path;
  }
  fail(ErrorCode::not_found, (directory / name).string(),
       ": does not exist; a BEIR directory has corpus.jsonl, queries.jsonl and qrels/<split>.tsv");
}

std::string trimmed(const std::string& text) {
  constexpr const char* kBlanks = " \t\r\n";
  const size_t first = text.find_first_not_of(kBlanks);
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::map<std::string, std::string> read_texts_by_id(const std::filesystem::path& path) {
  const std::vector<Column> all = TableReader(path).columns();
  TableOptions options;
  options.columns = {{"_id", "_id"}, {"text", "text"}};
  for (const Column& column : all) {
    if (column.role == "title") options.columns.push_back(column);
  }
  TableReader table(path, options);
  std::map<std::string, std::string> texts;
  std::vector<Value> row;
  while (table.next(row)) {
    std::string id = take_id(std::move(row[0]), "_id", table.where());
    std::string text = take_text(std::move(row[1]), "text", table.where());
    // Not every document has a title.
    if (row.size() > 2 && !row[2].is_null())
      text = trimmed(take_text(std::move(row[2]), "title", table.where()) + " " + text);
    texts.insert_or_assign(std::move(id), std::move(text));
  }
  return texts;
}

}  // namespace

RetrievalData read_beir(const std::filesystem::path& directory, const std::string& split) {
  RetrievalData data;
  data.corpus = read_texts_by_id(find_file(directory, "corpus.jsonl"));
  std::map<std::string, std::string> queries = read_texts_by_id(find_file(directory, "queries.jsonl"));

  TableOptions options{.format = TableFormat::tsv, .quoting = false};
  options.columns = {{"query-id", "0"}, {"corpus-id", "1"}, {"score", "2"}};
  TableReader qrels(find_file(directory, "qrels/" + split + ".tsv"), options);
  std::vector<Value> row;
  while (qrels.next(row)) {
    const std::string query = take_text(std::move(row[0]), "query-id", qrels.where());
    const std::string document = take_text(std::move(row[1]), "corpus-id", qrels.where());
    if (number_in(row[2], "score", qrels.where()) <= 0) continue;
    const auto found = queries.find(query);
    if (found == queries.end()) {
      fail(ErrorCode::corrupt_data, qrels.where(), ": there is no query '", query, "' in queries.jsonl");
    }
    data.queries.insert(*found);
    data.relevant[query].insert(document);
  }
  return data;
}

}  // namespace sbert
