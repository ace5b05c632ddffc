#include <algorithm>
#include <array>
#include <type_traits>
#include <vector>

#include <sbert/losses.h>

#include "base/fail.h"
#include "losses/entries.h"
#include "losses/loss.h"
#include "losses/similarity.h"
#include "tensor/ops/elementwise.h"
#include "tensor/ops/scalar_function.h"

namespace sbert::losses {
namespace {

using Aggregation = GlobalOrthogonalRegularizationOptions::Aggregation;

constexpr std::array<Choice<Aggregation>, 2> kAggregationNames{
    {{"mean", Aggregation::mean}, {"sum", Aggregation::sum}}};
constexpr Choices<Aggregation> kAggregations{kAggregationNames};

class GlobalOrthogonalRegularization : public LossFunction {
 public:
  explicit GlobalOrthogonalRegularization(const GlobalOrthogonalRegularizationOptions& options) : options_(options) {
    if (options.mean_weight == 0 && options.second_moment_weight == 0) {
      fail(ErrorCode::invalid_argument, name(), ": mean_weight or second_moment_weight must be other than 0");
    }
  }

  std::string name() const override { return kGlobalOrthogonalRegularization.name; }
  OrderedJson config() const override {
    return {{"similarity_fct", name_of(kSimilarities, options_.similarity_fct)},
            {"mean_weight", options_.mean_weight},
            {"second_moment_weight", options_.second_moment_weight},
            {"aggregation", name_of(kAggregations, options_.aggregation)}};
  }
  ColumnRule columns() const override { return {1, 64, ColumnRule::Label::none, kGlobalOrthogonalRegularization.data}; }
  bool learns_from_one_row(size_t /*inputs*/) const override { return false; }

  Var forward(Execution& run, const LossBatch& batch) const override {
    std::vector<Var> terms;
    for (const Var& column : batch.embeddings)
      terms.push_back(regularize(run, column));
    const double share = options_.aggregation == Aggregation::mean ? 1.0 / static_cast<double>(terms.size()) : 1.0;
    const std::vector<double> weights(terms.size(), share);
    return weighted_sum(run, terms, weights);
  }

 private:
  Var regularize(Execution& run, const Var& embeddings) const {
    const int64_t rows = embeddings->rows();
    const Var similarities = similarity_matrix(run, embeddings, embeddings, options_.similarity_fct);
    return scalar_function(run, similarities, [&](const auto* similarity, auto* slope) {
      using T = std::remove_reference_t<decltype(*slope)>;
      const auto pairs = static_cast<T>(std::max<int64_t>(rows * (rows - 1), 1));
      T sum = 0, squares = 0;
      for (int64_t i = 0; i < rows * rows; ++i) {
        if (i % (rows + 1) == 0) continue;  // a text with itself
        sum += similarity[i];
        squares += similarity[i] * similarity[i];
      }
      const T mean = sum / pairs;
      const T excess = squares / pairs - 1 / static_cast<T>(embeddings->cols());
      const auto of_mean = static_cast<T>(options_.mean_weight);
      const T of_squares = excess > 0 ? static_cast<T>(options_.second_moment_weight) : T{0};
      for (int64_t i = 0; i < rows * rows; ++i) {
        if (i % (rows + 1) != 0) slope[i] = 2 * (of_mean * mean + of_squares * similarity[i]) / pairs;
      }
      return of_mean * mean * mean + of_squares * excess;
    });
  }

  GlobalOrthogonalRegularizationOptions options_;
};

}  // namespace

GlobalOrthogonalRegularizationLoss::GlobalOrthogonalRegularizationLoss(
    const SentenceTransformer&, const GlobalOrthogonalRegularizationOptions& options)
    : Loss(std::make_shared<GlobalOrthogonalRegularization>(options)) {}

constinit const LossEntry kGlobalOrthogonalRegularization{
    .name = "GlobalOrthogonalRegularizationLoss",
    .summary = "different texts spread over all directions; to be trained beside another loss",
    .data = "(sentence, ...)",
    .citation = "zhang2017learningspreadoutlocalfeature",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      GlobalOrthogonalRegularizationOptions parsed;
      options.read("similarity_fct", parsed.similarity_fct, kSimilarities);
      options.read("mean_weight", parsed.mean_weight);
      options.read("second_moment_weight", parsed.second_moment_weight);
      options.read("aggregation", parsed.aggregation, kAggregations);
      return GlobalOrthogonalRegularizationLoss(model, parsed);
    },
};

}  // namespace sbert::losses
