#include "report/card.h"

#include <algorithm>

#include "base/fail.h"
#include "base/format.h"
#include "report/citations.h"
#include "report/markdown.h"
#include "report/outcome.h"
#include "report/text.h"
#include "report/yaml.h"

namespace sbert::report {
namespace {

std::string base_link(const ModelRecord& model) {
  const std::string name = plain_markdown(model.base, 100);
  if (model.base_id.empty()) return name;
  return concat("[", name, "](https://huggingface.co/", model.base_id, ")");
}

std::string_view similarity_name(SimilarityFunction function) {
  switch (function) {
    case SimilarityFunction::cosine:
      return "cosine similarity";
    case SimilarityFunction::dot:
      return "dot product";
    case SimilarityFunction::euclidean:
      return "negative Euclidean distance";
    case SimilarityFunction::manhattan:
      return "negative Manhattan distance";
  }
  return "";
}

std::string introduction(const TrainingRecord& record) {
  const ModelRecord& model = record.model;
  return concat(
      "# ", plain_markdown(card_title(record)),
      "\n\nThis is a [sentence-transformers](https://sbert.net) model made from ", base_link(model),
      " by training. It maps texts to vectors of ", model.dimension,
      " numbers, for semantic search, textual similarity, paraphrase mining, classification and clustering.\n\n");
}

std::string data_list(const TrainingRecord& record) {
  std::string names;
  for (const ObjectiveRecord& objective : record.objectives)
    names += concat(names.empty() ? "" : ", ", plain_markdown(data_name(objective), 100));
  return names;
}

std::string language_list(const TrainingRecord& record) {
  std::string names;
  for (const std::string& language : card_languages(record))
    names += concat(names.empty() ? "\n- **Language:** " : ", ", plain_markdown(language, 100));
  return names;
}

std::string architecture(const ModelRecord& model) {
  std::string text = "SentenceTransformer(\n";
  for (size_t i = 0; i < model.modules.size(); ++i) {
    const auto& [type, config] = model.modules[i];
    text += concat("  (", i, "): ", type, "(", config.empty() ? "" : value_text(config), ")\n");
  }
  return code_block("", text + ")");
}

std::string details(const TrainingRecord& record) {
  const ModelRecord& model = record.model;
  const std::string revision = model.base_revision.empty() ? "" : " at revision " + plain_markdown(model.base_revision);
  return concat(
      "## Model details\n\n- **Base model:** ", base_link(model), revision, "\n- **Maximum sequence length:** ",
      model.max_seq_length == 0 ? "no limit" : concat(model.max_seq_length, " tokens"), "\n- **Output dimensions:** ",
      model.dimension, "\n- **Similarity function:** ", similarity_name(model.similarity), "\n- **Parameters:** ",
      format_count(model.parameters), "\n- **Training data:** ", data_list(record), language_list(record),
      "\n\n### Full architecture\n\n", architecture(model), "\n");
}

std::string versions_list(const TrainingRecord& record) {
  std::string text = "### Versions\n\n";
  for (const auto& [name, version] : record.versions)
    text += concat("- ", plain_markdown(name), ": ", plain_markdown(version), "\n");
  return text + "\n";
}

std::string citations_list(const TrainingRecord& record) {
  std::string text = "## Citation\n\n";
  for (const std::string& entry : citations(card_losses(record)))
    text += code_block("bibtex", entry) + "\n";
  return text;
}

std::vector<std::string> each_once(const std::vector<std::string>& all) {
  std::vector<std::string> once;
  for (const std::string& name : all) {
    if (std::find(once.begin(), once.end(), name) == once.end()) once.push_back(name);
  }
  return once;
}

/// The loss of an objective and those that it wraps.
void add_losses(const OrderedJson& options, std::vector<std::string>& losses) {
  const auto inner = options.find("loss");
  if (inner == options.end()) return;
  if (inner->is_string()) losses.push_back(inner->get<std::string>());
  if (!inner->is_object() || !inner->contains("name")) return;
  losses.push_back(inner->at("name").get<std::string>());
  add_losses(*inner, losses);
}

}  // namespace

std::string card_title(const TrainingRecord& record) {
  return "SentenceTransformer based on " + shortened(record.model.base, 100);
}

std::vector<std::string> card_losses(const TrainingRecord& record) {
  std::vector<std::string> all;
  for (const ObjectiveRecord& objective : record.objectives) {
    all.push_back(objective.loss);
    add_losses(objective.loss_options, all);
  }
  return each_once(all);
}

std::vector<std::string> card_languages(const TrainingRecord& record) {
  std::vector<std::string> all;
  for (const ObjectiveRecord& objective : record.objectives)
    all.insert(all.end(), objective.languages.begin(), objective.languages.end());
  return each_once(all);
}

std::vector<EvaluatorMetrics> metrics_by_evaluator(const TrainingRecord& record) {
  if (!record.result.after) return {};
  std::vector<EvaluatorMetrics> all;
  for (const evaluation::EvaluatorDescription& evaluator : record.evaluators)
    all.push_back({.evaluator = evaluator, .metrics = {}});
  const auto prefix = [](const EvaluatorMetrics& one) { return one.full_name(""); };
  for (const std::string& metric : metric_names(*record.result.after)) {
    EvaluatorMetrics* owner = nullptr;  // of the longest name: one may begin as another one does
    for (EvaluatorMetrics& one : all) {
      const bool longer = owner == nullptr || prefix(one).size() > prefix(*owner).size();
      if (longer && metric.starts_with(prefix(one))) owner = &one;
    }
    if (owner == nullptr) continue;  // of the evaluation as a whole
    owner->metrics.push_back(metric.substr(prefix(*owner).size()));
    if (metric == record.result.after->result.primary) owner->primary = owner->metrics.back();
  }
  std::erase_if(all, [](const EvaluatorMetrics& one) { return one.metrics.empty(); });
  return all;
}

std::string model_card(const TrainingRecord& record) {
  return concat("---\n", to_yaml(card_front_matter(record)), "---\n\n", introduction(record), details(record),
                card_usage(record), card_evaluation(record), "## Training\n\n", card_training_data(record),
                card_training(record), versions_list(record), citations_list(record));
}

}  // namespace sbert::report
