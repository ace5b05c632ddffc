#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sbert/evaluation.h>

#include "base/json.h"
#include "cli/tables.h"

namespace sbert::cli {

/// One evaluation, as `sbert eval` and `sbert train --eval` are asked for it.
struct EvaluationSettings {
  std::string kind;
  TableSettings table{};
  std::optional<std::string> name{}, corpus{}, split{}, teacher{};
  std::vector<SimilarityFunction> similarity{};
};
/// KIND:F[:columns], KIND:DIR[:SPLIT[:columns]], KIND:hf:NAME[:SPLIT[:columns]]
void read_value(std::string_view text, EvaluationSettings& value);

template <class Visit>
void visit_settings(EvaluationSettings& settings, Visit&& visit) {
  visit("corpus", "F", settings.corpus,
        "ir with a table: more documents to search among, named as --data is: one a line, or a table whose column has "
        "the same name");
  visit("teacher", "M", settings.teacher, "mse: the model to be like, a directory or a name");
  visit("split", "S", settings.split, "ir with a BEIR directory: which qrels/S.tsv; default: test");
  visit("similarity", "S,..", settings.similarity,
        "cosine, dot, euclidean, manhattan; several with commas; default: the model's own");
  visit("name", "N", settings.name, "goes before every metric: N_spearman_cosine");
}

/// "sts (two texts and a score), ir (...)"
std::string describe_kinds();

/// What training teaches to tell classes.
struct TrainedClassifier {
  evaluation::Classifier classify{};   ///< empty if it teaches none
  std::vector<std::string> classes{};  ///< in the order of their numbers; empty if the data has numbers
};

/// Reads the data, and fetches it if it is on the Hub. THROWS: UsageError for an unknown kind; errors of the data.
std::unique_ptr<evaluation::Evaluator> open_evaluation(EvaluationSettings settings, const TrainedClassifier& classifier,
                                                       Console& console);
/// Several are a SequentialEvaluator; each of them is named (after its file unless it has a name), so that metrics can
/// be told apart. Null if there are none.
std::shared_ptr<const evaluation::Evaluator> open_evaluations(std::vector<EvaluationSettings> settings,
                                                              const TrainedClassifier& classifier, Console& console);

/// metric -> value, NaN as null, in an order that counts @3 before @10.
OrderedJson metrics_json(const evaluation::EvaluationResult& result);

}  // namespace sbert::cli
