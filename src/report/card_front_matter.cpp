#include <algorithm>
#include <cctype>
#include <cmath>

#include "base/fail.h"
#include "report/card.h"
#include "report/outcome.h"
#include "report/text.h"

namespace sbert::report {
namespace {

constexpr size_t kWidgets = 5, kWidgetSentences = 3, kWidgetCharacters = 500;

/// Texts of the data that the page of the model on the Hub lets people compare.
OrderedJson widget(const TrainingRecord& record) {
  OrderedJson examples = OrderedJson::array();
  for (const ObjectiveRecord& objective : record.objectives) {
    const auto& pairs = objective.pairs;
    for (size_t i = 0; i < pairs.size() && examples.size() < kWidgets; ++i) {
      const std::string source = shortened(pairs[i].first, kWidgetCharacters);
      OrderedJson sentences = OrderedJson::array();
      for (size_t k = 0; k < pairs.size() && sentences.size() < kWidgetSentences; ++k) {
        const std::string text = shortened(pairs[(i + k) % pairs.size()].second, kWidgetCharacters);
        if (text.empty() || std::find(sentences.begin(), sentences.end(), text) != sentences.end()) continue;
        sentences.push_back(text);
      }
      if (!source.empty() && !sentences.empty())
        examples.push_back({{"source_sentence", source}, {"sentences", sentences}});
    }
  }
  return examples;
}

void add_once(OrderedJson& names, const std::string& name) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

OrderedJson datasets(const TrainingRecord& record) {
  OrderedJson names = OrderedJson::array();
  for (const ObjectiveRecord& objective : record.objectives)
    add_once(names, objective.dataset);
  return names;
}

OrderedJson tags(const TrainingRecord& record) {
  OrderedJson tags{"sentence-transformers", "sentence-similarity", "feature-extraction", "dense",
                   "generated_from_trainer"};
  uint64_t rows = 0;
  for (const ObjectiveRecord& objective : record.objectives)
    rows += objective.rows;
  tags.push_back(concat("dataset_size:", rows));
  for (const std::string& loss : card_losses(record))
    tags.push_back("loss:" + loss);
  return tags;
}

/// "Semantic Similarity" -> "semantic-similarity"
std::string slug(std::string text) {
  for (char& c : text)
    c = c == ' ' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// "spearman_cosine" -> "Spearman Cosine"
std::string words(std::string text) {
  bool begins = true;
  for (char& c : text) {
    if (begins) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (c == '_') c = ' ';
    begins = c == ' ';
  }
  return text;
}

OrderedJson result_of(const EvaluatorMetrics& one, const TrainingRecord& record) {
  OrderedJson metrics = OrderedJson::array();
  for (const std::string& metric : one.metrics) {
    const double value = metric_of(record.result.after, one.full_name(metric));
    if (std::isfinite(value)) metrics.push_back({{"type", metric}, {"value", value}, {"name", words(metric)}});
  }
  const std::string& name = one.evaluator.name;
  return {{"task", {{"type", slug(one.evaluator.task)}, {"name", one.evaluator.task}}},
          {"dataset", {{"name", name.empty() ? "Unknown" : name}, {"type", name.empty() ? "unknown" : name}}},
          {"metrics", metrics}};
}

}  // namespace

OrderedJson card_front_matter(const TrainingRecord& record) {
  OrderedJson front = OrderedJson::object();
  if (const auto languages = card_languages(record); !languages.empty()) front["language"] = languages;
  front["tags"] = tags(record);
  if (!record.model.base_id.empty()) front["base_model"] = record.model.base_id;
  if (OrderedJson names = datasets(record); !names.empty()) front["datasets"] = std::move(names);
  front["pipeline_tag"] = "sentence-similarity";
  front["library_name"] = "sentence-transformers";
  OrderedJson names = OrderedJson::array(), results = OrderedJson::array();
  for (const EvaluatorMetrics& one : metrics_by_evaluator(record)) {
    OrderedJson result = result_of(one, record);
    if (result["metrics"].empty()) continue;
    results.push_back(std::move(result));
    for (const std::string& metric : one.metrics)
      add_once(names, metric);
  }
  if (!names.empty()) front["metrics"] = names;
  if (OrderedJson examples = widget(record); !examples.empty()) front["widget"] = std::move(examples);
  if (!results.empty()) front["model-index"] = {{{"name", card_title(record)}, {"results", results}}};
  return front;
}

}  // namespace sbert::report
