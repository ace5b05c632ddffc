#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sbert/evaluation.h>

#include "data/table.h"

namespace sbert::evaluation {

/// An evaluation as a user names it: `sbert eval --task KIND --data FILE --columns ...`, `sbert train --eval
/// KIND:FILE`.
struct EvaluationTask {
  std::string kind{};            ///< one of evaluator_kinds()
  std::filesystem::path data{};  ///< a table; for "ir" also a BEIR directory
  TableOptions table{};
  std::string name{};  ///< goes before every metric
  std::vector<SimilarityFunction> similarity_functions{};

  std::vector<std::filesystem::path> corpus{};  ///< "ir" with a table: files of more documents, one text a row
  std::string split = "test";                   ///< "ir" with a BEIR directory: which qrels/<split>.tsv
  std::string teacher{};                        ///< "mse": the model to be like
  Classifier classifier{};                      ///< "accuracy": that of a loss
  std::vector<std::string> classes{};  ///< "accuracy": in the order of their numbers; empty: labels are the numbers
};

/// One kind of evaluation and what it reads.
struct EvaluatorKind {
  std::string_view name;
  std::string_view columns;  ///< the columns it wants, for help and error messages
  std::unique_ptr<Evaluator> (*build)(const EvaluationTask& task);
};

const std::vector<EvaluatorKind>& evaluator_kinds();

/// Reads the data and builds the evaluator.
/// THROWS: invalid_argument for an unknown kind; what reading tables throws.
std::unique_ptr<Evaluator> make_evaluator(const EvaluationTask& task);

}  // namespace sbert::evaluation
