#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "data/table.h"

namespace sbert {

/// Queries, documents and which document answers which query, by id.
struct RetrievalData {
  std::map<std::string, std::string> queries;
  std::map<std::string, std::string> corpus;
  std::map<std::string, std::set<std::string>> relevant;
};

/// A directory in BEIR layout: corpus.jsonl and queries.jsonl (each perhaps .gz) with _id and text (documents also a
/// title; text to embed = title + " " + text), qrels/<split>.tsv with a header and query id, document id, grade. Grades
/// above 0 are relevant. Queries that the split does not judge are left out.
/// THROWS: not_found, corrupt_data naming the file and line.
RetrievalData read_beir(const std::filesystem::path& directory, const std::string& split);

/// A table of (query, relevant document) rows, whose distinct documents are the corpus, together with the texts of the
/// files `more_documents`, if there are any (of the column with the documents' name, or its only one). Equal texts
/// are one query or document. With a label column, rows with a label of 0 or less only put their document into the
/// corpus.
RetrievalData read_retrieval_pairs(const std::filesystem::path& path, const TableOptions& table,
                                   const std::vector<std::filesystem::path>& more_documents);

}  // namespace sbert
