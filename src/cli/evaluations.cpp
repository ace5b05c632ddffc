#include "cli/evaluations.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "cli/suggest.h"
#include "cli/usage_error.h"
#include "cli/values.h"
#include "data/data_address.h"
#include "evaluation/metric_names.h"
#include "evaluation/registry.h"

namespace sbert::cli {

namespace {

using evaluation::EvaluationResult;
using evaluation::Evaluator;

/// "sts-dev" for "data/sts-dev.jsonl.gz", "stsb-dev" for "hf:sentence-transformers/stsb:dev".
std::string stem(const std::string& file) {
  std::filesystem::path path(file);
  if (path.extension() == ".gz") path = path.stem();
  std::string name = path.stem().string();
  std::replace(name.begin(), name.end(), ':', '-');
  return name;
}

void name_apart(std::vector<EvaluationSettings>& settings) {
  std::vector<std::string> used;
  for (EvaluationSettings& one : settings) {
    if (!one.name) one.name = stem(one.table.data.value_or(""));
    if (std::find(used.begin(), used.end(), *one.name) != used.end()) {
      fail_usage("two evaluations are called '", *one.name,
                 "'; give them names in a config file (eval: [{name: ...}])");
    }
    used.push_back(*one.name);
  }
}

}  // namespace

void read_value(std::string_view text, EvaluationSettings& value) {
  const size_t colon = text.find(':');
  const std::string_view rest = colon == std::string_view::npos ? "" : text.substr(colon + 1);
  const std::string_view data = data_address(rest);
  const std::string_view columns = rest.substr(std::min(data.size() + 1, rest.size()));
  if (colon == 0 || data.empty() || columns.find(':') != std::string_view::npos) {
    fail_usage("'", text, "' should be KIND:FILE or KIND:FILE:COLUMNS, such as sts:dev.jsonl:a,b,score");
  }
  value.kind = text.substr(0, colon);
  value.table.data = data;
  if (data.size() < rest.size()) read_value(columns, value.table.columns);
}

std::string describe_kinds() {
  std::string text;
  for (const auto& kind : evaluation::evaluator_kinds()) {
    text += concat(text.empty() ? "" : ", ", kind.name, " (", kind.columns, ")");
  }
  return text;
}

std::unique_ptr<Evaluator> open_evaluation(EvaluationSettings settings, const TrainedClassifier& classifier,
                                           Console& console) {
  std::vector<std::string> known;
  for (const auto& kind : evaluation::evaluator_kinds())
    known.emplace_back(kind.name);
  if (std::find(known.begin(), known.end(), settings.kind) == known.end()) {
    fail_usage("unknown evaluation task '", settings.kind, "'", suggest(settings.kind, known));
  }
  if (!settings.table.data) fail_usage("evaluation '", settings.kind, "' has no data");
  const bool is_beir = settings.kind == "ir" && std::filesystem::is_directory(*settings.table.data);
  if (!is_beir) fetch_data(settings.table, console);
  evaluation::EvaluationTask task{.kind = settings.kind, .data = table_file(settings.table)};
  if (!is_beir) task.table = table_options(settings.table);
  task.name = settings.name.value_or("");
  task.similarity_functions = settings.similarity;
  if (settings.corpus) task.corpus = fetch_data(*settings.corpus, console);
  task.teacher = settings.teacher.value_or("");
  task.classifier = classifier.classify;
  task.classes = classifier.classes;
  if (settings.split) task.split = *settings.split;
  return evaluation::make_evaluator(task);
}

std::shared_ptr<const Evaluator> open_evaluations(std::vector<EvaluationSettings> settings,
                                                  const TrainedClassifier& classifier, Console& console) {
  if (settings.empty()) return nullptr;
  if (settings.size() == 1) return open_evaluation(settings.front(), classifier, console);
  name_apart(settings);
  std::vector<std::shared_ptr<const Evaluator>> evaluators;
  for (const EvaluationSettings& one : settings)
    evaluators.push_back(open_evaluation(one, classifier, console));
  return std::make_shared<evaluation::SequentialEvaluator>(std::move(evaluators));
}

OrderedJson metrics_json(const EvaluationResult& result) {
  OrderedJson json = OrderedJson::object();
  for (const std::string& name : evaluation::metric_names(result))
    json[name] = result.metrics.at(name);
  return json;
}

}  // namespace sbert::cli
