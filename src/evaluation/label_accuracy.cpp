#include <algorithm>
#include <cmath>

#include <sbert/evaluation.h>

#include "base/fail.h"
#include "data/examples.h"
#include "evaluation/builders.h"
#include "evaluation/result_builder.h"

namespace sbert::evaluation {

namespace {

constexpr float kClassLimit = 2147483648.0f;  // 2^31

}  // namespace

LabelAccuracyEvaluator::LabelAccuracyEvaluator(std::vector<std::vector<std::string>> columns, std::vector<int> labels,
                                               Classifier classifier, LabelAccuracyOptions options)
    : columns_(std::move(columns)),
      labels_(std::move(labels)),
      classifier_(std::move(classifier)),
      options_(std::move(options)) {
  if (labels_.empty() || columns_.empty())
    fail(ErrorCode::invalid_argument, "LabelAccuracyEvaluator: there are no rows");
  for (const std::vector<std::string>& column : columns_) {
    if (column.size() == labels_.size()) continue;
    fail(ErrorCode::invalid_argument, "LabelAccuracyEvaluator: a column has ", column.size(), " texts, but there are ",
         labels_.size(), " labels");
  }
}

EvaluationResult LabelAccuracyEvaluator::operator()(const SentenceTransformer& model,
                                                    const EncodeOptions& encode) const {
  std::vector<Embeddings> embeddings;
  for (const std::vector<std::string>& column : columns_)
    embeddings.push_back(model.encode(column, encode));
  const Embeddings scores = classifier_(embeddings);
  size_t right = 0;
  for (size_t i = 0; i < labels_.size(); ++i) {
    const std::span<const float> row = scores[i];
    right += std::max_element(row.begin(), row.end()) - row.begin() == labels_[i];
  }
  ResultBuilder result(options_.name, csv_file_name("accuracy_evaluation", options_.name));
  result.add("accuracy", static_cast<double>(right) / static_cast<double>(labels_.size()), "accuracy");
  result.set_primary("accuracy");
  return std::move(result).build();
}

std::unique_ptr<Evaluator> build_label_accuracy(const EvaluationTask& task) {
  if (!task.classifier) {
    fail(ErrorCode::invalid_argument,
         "the evaluation task 'accuracy' needs a classifier, which no model keeps: measure it while one is trained, by "
         "sbert train --loss SoftmaxLoss --eval accuracy:FILE");
  }
  ExampleOptions options{.table = task.table, .shape = {.texts = 2, .label = true}};
  options.labels = {.kind = task.classes.empty() ? LabelKind::number : LabelKind::classes,
                    .classes = task.classes,
                    .skip_missing = true};
  std::vector<std::vector<std::string>> columns(2);
  std::vector<int> labels;
  for (InputExample& example : read_examples(task.data, options)) {
    columns[0].push_back(std::move(example.texts[0]));
    columns[1].push_back(std::move(example.texts[1]));
    const float label = *example.label;
    if (!(label >= 0 && label < kClassLimit) || label != std::floor(label)) {
      fail(ErrorCode::corrupt_data, task.data.string(), ": row ", labels.size() + 1, " has the label ", label,
           "; classes must be whole numbers from 0");
    }
    labels.push_back(static_cast<int>(label));
  }
  return std::make_unique<LabelAccuracyEvaluator>(std::move(columns), std::move(labels), task.classifier,
                                                  LabelAccuracyOptions{task.name});
}

}  // namespace sbert::evaluation
