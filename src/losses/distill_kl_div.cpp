#include <type_traits>
#include <vector>

#include <sbert/losses.h>

#include "base/fail.h"
#include "kernels/kernel_table.h"
#include "losses/entries.h"
#include "losses/loss.h"
#include "losses/similarity.h"
#include "tensor/ops/rows.h"
#include "tensor/ops/scalar_function.h"

namespace sbert::losses {
namespace {

class DistillKLDiv : public LossFunction {
 public:
  explicit DistillKLDiv(const DistillKLDivOptions& options) : options_(options) {
    check(options.temperature, "temperature");
    check(student(), "student_temperature");
    check(teacher(), "teacher_temperature");
  }

  std::string name() const override { return kDistillKLDiv.name; }
  OrderedJson config() const override {
    OrderedJson config{{"similarity_fct", name_of(kPairwiseSimilarities, options_.similarity_fct)},
                       {"temperature", options_.temperature}};
    if (student() != options_.temperature) config["student_temperature"] = student();
    if (teacher() != options_.temperature) config["teacher_temperature"] = teacher();
    return config;
  }
  ColumnRule columns() const override { return {3, 64, ColumnRule::Label::vector, kDistillKLDiv.data}; }
  void check_shape(size_t inputs, size_t labels_per_row) const override {
    if (labels_per_row == inputs - 1) return;
    fail(ErrorCode::invalid_argument, name(), " takes a teacher's score for each of the ", inputs - 1,
         " candidates; the data has ", labels_per_row, " labels a row");
  }

  Var forward(Execution& run, const LossBatch& batch) const override {
    std::vector<Var> scores;
    for (const Var& candidate : batch.embeddings.subspan(1))
      scores.push_back(pairwise_similarity(run, batch.embeddings[0], candidate, options_.similarity_fct));
    return scalar_function(run, concat_columns(run, scores), [&](const auto* score, auto* slope) {
      using T = std::remove_reference_t<decltype(*slope)>;
      const auto rows = static_cast<T>(batch.rows());
      const size_t ways = scores.size();
      const T student_scale = 1 / static_cast<T>(student()), teacher_scale = 1 / static_cast<T>(teacher());
      // Python multiplies by T^2, so that gradients do not become smaller with the temperature.
      const auto weight = static_cast<T>(student() * student()) / rows;
      std::vector<T> wanted(ways), log_wanted(ways);
      T sum = 0;
      for (size_t begin = 0; begin < batch.labels.size(); begin += ways) {
        for (size_t i = 0; i < ways; ++i) {
          log_wanted[i] = wanted[i] = static_cast<T>(batch.labels[begin + i]) * teacher_scale;
          slope[begin + i] = score[begin + i] * student_scale;
        }
        const auto width = static_cast<int64_t>(ways);
        const T log_teacher = kernels<T>().softmax(wanted.data(), width);
        const T log_student = kernels<T>().softmax(slope + begin, width);
        for (size_t i = 0; i < ways; ++i) {
          const T log_given = score[begin + i] * student_scale - log_student;
          if (wanted[i] > 0) sum += wanted[i] * (log_wanted[i] - log_teacher - log_given);
          slope[begin + i] = weight * student_scale * (slope[begin + i] - wanted[i]);
        }
      }
      return weight * sum;
    });
  }

 private:
  void check(double temperature, const char* option) const {
    if (temperature > 0) return;
    fail(ErrorCode::invalid_argument, name(), ": ", option, " must be positive, not ", temperature);
  }
  double student() const { return options_.student_temperature.value_or(options_.temperature); }
  double teacher() const { return options_.teacher_temperature.value_or(options_.temperature); }

  DistillKLDivOptions options_;
};

}  // namespace

DistillKLDivLoss::DistillKLDivLoss(const SentenceTransformer&, const DistillKLDivOptions& options)
    : Loss(std::make_shared<DistillKLDiv>(options)) {}

constinit const LossEntry kDistillKLDiv{
    .name = "DistillKLDivLoss",
    .summary = "the scores of candidates are distributed as a teacher's",
    .data = "(query, positive, negative, ...), a teacher's score of each candidate",
    .citation = "lin2020distillingdenserepresentationsranking",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      DistillKLDivOptions parsed;
      options.read("similarity_fct", parsed.similarity_fct, kPairwiseSimilarities);
      options.read("temperature", parsed.temperature);
      options.read("student_temperature", parsed.student_temperature);
      options.read("teacher_temperature", parsed.teacher_temperature);
      return DistillKLDivLoss(model, parsed);
    },
};

}  // namespace sbert::losses
