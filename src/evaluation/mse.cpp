#include <memory>

#include <sbert/evaluation.h>

#include "base/fail.h"
#include "data/examples.h"
#include "evaluation/builders.h"
#include "evaluation/result_builder.h"

namespace sbert::evaluation {

MSEEvaluator::MSEEvaluator(const std::vector<std::string>& source, std::vector<std::string> target,
                           const SentenceTransformer& teacher, MSEOptions options, const EncodeOptions& encode)
    : target_(std::move(target)), options_(std::move(options)) {
  if (source.empty() || source.size() != target_.size()) {
    fail(ErrorCode::invalid_argument, "MSEEvaluator: ", source.size(), " source and ", target_.size(),
         " target sentences: as many of one as of the other are needed");
  }
  teacher_embeddings_ = teacher.encode(source, encode);
}

EvaluationResult MSEEvaluator::operator()(const SentenceTransformer& model, const EncodeOptions& encode) const {
  const Embeddings student = model.encode(target_, encode);
  if (student.dimension() != teacher_embeddings_.dimension()) {
    fail(ErrorCode::invalid_argument, "MSEEvaluator: the teacher's embeddings have ", teacher_embeddings_.dimension(),
         " dimensions, the student's ", student.dimension());
  }
  const size_t size = student.rows() * student.dimension();
  double sum = 0;
  for (size_t i = 0; i < size; ++i) {
    const double difference = static_cast<double>(teacher_embeddings_.data()[i]) - student.data()[i];
    sum += difference * difference;
  }
  const double mse = 100 * sum / static_cast<double>(size);
  // sentence-transformers puts an underscore before the name even if there is none.
  ResultBuilder result(options_.name, "mse_evaluation_" + options_.name + "_results.csv");
  result.add("negative_mse", -mse);
  result.add_column("MSE", mse);
  result.set_primary("negative_mse");
  return std::move(result).build();
}

std::unique_ptr<Evaluator> build_mse(const EvaluationTask& task) {
  if (task.teacher.empty()) {
    fail(ErrorCode::invalid_argument,
         "the evaluation task 'mse' compares with a teacher: name its model with --teacher");
  }
  std::vector<std::string> source, target;
  for (InputExample& example : read_examples(task.data, task.table, {.label = false})) {
    if (example.texts.size() > 2) {
      fail(ErrorCode::invalid_argument, task.data.string(),
           ": the evaluation task 'mse' takes one text column, or two ",
           "(the teacher's and the student's language), not ", example.texts.size());
    }
    target.push_back(example.texts.back());
    source.push_back(std::move(example.texts.front()));
  }
  return std::make_unique<MSEEvaluator>(source, std::move(target), SentenceTransformer(task.teacher),
                                        MSEOptions{task.name});
}

}  // namespace sbert::evaluation
