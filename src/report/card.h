#pragma once

#include <string>

#include "report/record.h"

namespace sbert::report {

/// README.md of a trained model, as the Hub shows it: front matter for its search, what the model is and how to use it,
/// how good it is, how and on what it was trained. It holds no times: the same run makes the same card.
std::string model_card(const TrainingRecord& record);

// Parts of the card.
OrderedJson card_front_matter(const TrainingRecord& record);
std::string card_usage(const TrainingRecord& record);
std::string card_evaluation(const TrainingRecord& record);
std::string card_training_data(const TrainingRecord& record);
std::string card_training(const TrainingRecord& record);

/// "SentenceTransformer based on org/name"
std::string card_title(const TrainingRecord& record);
/// Losses of all objectives and those that they wrap, each once.
std::vector<std::string> card_losses(const TrainingRecord& record);

/// Languages of the data of all objectives, each once, as far as they are known.
std::vector<std::string> card_languages(const TrainingRecord& record);

/// The metrics of one evaluator of the trained model.
struct EvaluatorMetrics {
  evaluation::EvaluatorDescription evaluator;
  std::vector<std::string> metrics;  ///< without the evaluator's name
  std::string primary{};             ///< of those; empty: another evaluator's

  /// As the whole evaluation calls it.
  std::string full_name(const std::string& metric) const {
    return evaluator.name.empty() ? metric : evaluator.name + "_" + metric;
  }
};
std::vector<EvaluatorMetrics> metrics_by_evaluator(const TrainingRecord& record);

}  // namespace sbert::report
