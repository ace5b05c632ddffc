#include <array>
#include <optional>
#include <type_traits>
#include <vector>

#include <sbert/losses.h>
#include <sbert/sentence_transformer.h>

#include "base/fail.h"
#include "losses/entries.h"
#include "losses/linear_head.h"
#include "losses/loss.h"
#include "losses/similarity.h"
#include "tensor/ops/criterion.h"
#include "tensor/ops/distance.h"
#include "tensor/ops/elementwise.h"
#include "tensor/ops/scalar_function.h"

namespace sbert::losses {
namespace {

using Metric = EmbedDistillOptions::Metric;

constexpr std::array<Choice<Metric>, 3> kMetricNames{
    {{"mse", Metric::mse}, {"l2", Metric::l2}, {"cosine", Metric::cosine}}};
constexpr Choices<Metric> kMetrics{kMetricNames};

/// The mean of [N, 1].
Var mean(Execution& run, const Var& x) {
  return scalar_function(run, x, [n = x->rows()](const auto* values, auto* slope) {
    using T = std::remove_reference_t<decltype(*slope)>;
    T sum = 0;
    for (int64_t i = 0; i < n; ++i) {
      sum += values[i];
      slope[i] = 1 / static_cast<T>(n);
    }
    return sum / static_cast<T>(n);
  });
}

/// MSELoss and EmbedDistillLoss: one is the other with its metric fixed.
class EmbedDistill : public LossFunction {
 public:
  EmbedDistill(const LossEntry& entry, const SentenceTransformer& model, const EmbedDistillOptions& options)
      : entry_(entry), options_(options), dimension_(model.embedding_dimension()) {
    if (!options.projection_dim) return;
    if (*options.projection_dim == 0) fail(ErrorCode::invalid_argument, name(), ": projection_dim must be at least 1");
    projection_.emplace("projection", static_cast<int64_t>(dimension_), static_cast<int64_t>(*options.projection_dim));
    dimension_ = *options.projection_dim;
  }

  std::string name() const override { return entry_.name; }
  OrderedJson config() const override {
    OrderedJson config = OrderedJson::object();
    if (&entry_ == &kEmbedDistill) {
      config["distance_metric"] = name_of(kMetrics, options_.distance_metric);
    }
    config["projection_dim"] = options_.projection_dim ? OrderedJson(*options_.projection_dim) : OrderedJson();
    return config;
  }
  ColumnRule columns() const override { return {1, 64, ColumnRule::Label::embedding, entry_.data}; }
  void check_shape(size_t inputs, size_t labels_per_row) const override {
    if (labels_per_row == dimension_ || labels_per_row == inputs * dimension_) return;
    fail(ErrorCode::invalid_argument, name(), " takes a teacher's embedding of ", dimension_,
         " numbers a row, or one for each text; the data has ", labels_per_row,
         " numbers a row. projection_dim trains a projection to another dimension");
  }
  void prepare(std::span<const float>, uint64_t seed) override {
    if (projection_) projection_->initialize(seed);
  }
  bool takes_any_dimension() const override { return !projection_; }
  std::vector<ParameterPtr> parameters() const override {
    return projection_ ? projection_->parameters() : std::vector<ParameterPtr>();
  }

  Var forward(Execution& run, const LossBatch& batch) const override {
    std::vector<Var> terms;
    for (size_t i = 0; i < batch.embeddings.size(); ++i) {
      const Var& student = batch.embeddings[i];
      terms.push_back(distance(run, projection_ ? projection_->forward(run, student) : student, batch, i));
    }
    const std::vector<double> weights(terms.size(), 1.0 / static_cast<double>(terms.size()));
    return weighted_sum(run, terms, weights);
  }

 private:
  Var distance(Execution& run, const Var& student, const LossBatch& batch, size_t column) const {
    const Var teacher = teacher_embeddings(student, batch, column);
    switch (options_.distance_metric) {
      case Metric::l2:
        return mean(run, row_distances(run, student, teacher, Norm::euclidean));
      case Metric::cosine:
        return affine(run, mean(run, torch_cosine(run, student, teacher)), -1, 1);
      case Metric::mse:
        break;
    }
    const Var difference = subtract(run, student, teacher);
    const std::vector<float> zeros(static_cast<size_t>(difference->value.size()));
    return mean_squared_error(run, difference, zeros);
  }

  /// The labels for this column: one embedding a row that all columns share, or one for each.
  static Var teacher_embeddings(const Var& student, const LossBatch& batch, size_t column) {
    auto teacher = make_variable(Tensor::empty(student->rows(), student->cols(), student->value.dtype()));
    const int64_t per_row = batch.labels_per_row();
    const int64_t begin = per_row == student->cols() ? 0 : static_cast<int64_t>(column) * student->cols();
    with_scalar(student->value.dtype(), [&](auto zero) {
      using T = decltype(zero);
      for (int64_t i = 0; i < student->rows(); ++i) {
        for (int64_t j = 0; j < student->cols(); ++j) {
          teacher->value.row<T>(i)[j] = static_cast<T>(batch.labels[static_cast<size_t>(i * per_row + begin + j)]);
        }
      }
    });
    return teacher;
  }

  const LossEntry& entry_;
  EmbedDistillOptions options_;
  size_t dimension_;  ///< of the teacher
  std::optional<LinearHead> projection_;
};

}  // namespace

EmbedDistillLoss::EmbedDistillLoss(const SentenceTransformer& model, const EmbedDistillOptions& options)
    : Loss(std::make_shared<EmbedDistill>(kEmbedDistill, model, options)) {}

MSELoss::MSELoss(const SentenceTransformer& model, const MSEOptions& options)
    : Loss(std::make_shared<EmbedDistill>(
          kMSE, model, EmbedDistillOptions{.distance_metric = Metric::mse, .projection_dim = options.projection_dim})) {
}

constinit const LossEntry kEmbedDistill{
    .name = "EmbedDistillLoss",
    .summary = "embeddings become those of a teacher, by cosine or distance",
    .data = "(sentence, ...), a teacher's embedding",
    .citation = "kim2023embeddistill",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      EmbedDistillOptions parsed;
      options.read("distance_metric", parsed.distance_metric, kMetrics);
      options.read("projection_dim", parsed.projection_dim);
      return EmbedDistillLoss(model, parsed);
    },
};

constinit const LossEntry kMSE{
    .name = "MSELoss",
    .summary = "embeddings become those of a teacher",
    .data = "(sentence, ...), a teacher's embedding",
    .citation = "reimers-2020-multilingual-sentence-bert",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      MSEOptions parsed;
      options.read("projection_dim", parsed.projection_dim);
      return MSELoss(model, parsed);
    },
};

}  // namespace sbert::losses
