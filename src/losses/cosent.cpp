#include "losses/cosent.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <type_traits>
#include <vector>

#include <sbert/losses.h>

#include "losses/entries.h"
#include "losses/loss.h"
#include "losses/similarity.h"
#include "tensor/ops/scalar_function.h"

namespace sbert::losses {
namespace {

constexpr double kNothing = -std::numeric_limits<double>::infinity();

/// log(exp(a) + exp(b))
double log_add(double a, double b) {
  const double larger = std::max(a, b);
  return larger == kNothing ? kNothing : larger + std::log1p(std::exp(std::min(a, b) - larger));
}

/// For each i, in ascending order of labels: log of the sum of exp(terms) over all whose label is lower.
std::vector<double> log_sums_below(const std::vector<double>& terms, const std::vector<double>& labels) {
  std::vector<double> sums(terms.size());
  double sum = kNothing;
  for (size_t begin = 0, end = 0; begin < terms.size(); begin = end) {
    while (end < terms.size() && labels[end] == labels[begin])
      sums[end++] = sum;
    for (size_t i = begin; i < end; ++i)
      sum = log_add(sum, terms[i]);
  }
  return sums;
}

class CoSENT : public LossFunction {
 public:
  explicit CoSENT(const CoSENTOptions& options) : options_(options) {}

  std::string name() const override { return kCoSENT.name; }
  OrderedJson config() const override {
    return {{"scale", options_.scale}, {"similarity_fct", name_of(kPairwiseSimilarities, options_.similarity_fct)}};
  }
  ColumnRule columns() const override { return {2, 2, ColumnRule::Label::number, kCoSENT.data}; }
  bool learns_from_one_row(size_t /*inputs*/) const override { return false; }

  Var forward(Execution& run, const LossBatch& batch) const override {
    const Var scores = pairwise_similarity(run, batch.embeddings[0], batch.embeddings[1], options_.similarity_fct);
    return cosent(run, scores, batch.labels, options_.scale);
  }

 private:
  CoSENTOptions options_;
};

}  // namespace

Var cosent(Execution& run, const Var& scores, std::span<const float> labels, double scale) {
  return scalar_function(run, scores, [&](const auto* score, auto* slope) {
    using T = std::remove_reference_t<decltype(*slope)>;
    const size_t n = labels.size();
    std::vector<size_t> order(n);
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](size_t i, size_t j) { return labels[i] < labels[j]; });
    std::vector<double> label(n), logit(n);
    for (size_t i = 0; i < n; ++i) {
      label[i] = labels[order[i]];
      logit[i] = scale * static_cast<double>(score[order[i]]);
    }
    const std::vector<double> below = log_sums_below(logit, label);  // of s_j, y_j < y_i
    double total = 0;                                                // log 1
    for (size_t i = 0; i < n; ++i)
      total = log_add(total, below[i] - logit[i]);
    // A score pulls up as the higher one of its pairs and pushes down as the lower one, which is the same from above.
    std::vector<double> mirrored(n), mirrored_label(n);
    for (size_t i = 0; i < n; ++i) {
      mirrored[i] = -logit[n - 1 - i];
      mirrored_label[i] = -label[n - 1 - i];
    }
    const std::vector<double> above = log_sums_below(mirrored, mirrored_label);  // of -s_j, y_j > y_i, backwards
    for (size_t i = 0; i < n; ++i) {
      const double as_lower = std::exp(logit[i] + above[n - 1 - i] - total);
      const double as_higher = std::exp(below[i] - logit[i] - total);
      slope[order[i]] = static_cast<T>(scale * (as_lower - as_higher));
    }
    return total;
  });
}

CoSENTLoss::CoSENTLoss(const SentenceTransformer&, const CoSENTOptions& options)
    : Loss(std::make_shared<CoSENT>(options)) {}

constinit const LossEntry kCoSENT{
    .name = "CoSENTLoss",
    .summary = "pairs with a higher score get a higher cosine",
    .data = "(sentence_a, sentence_b), score",
    .citation = "10531646",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      CoSENTOptions parsed;
      options.read("scale", parsed.scale);
      options.read("similarity_fct", parsed.similarity_fct, kPairwiseSimilarities);
      return CoSENTLoss(model, parsed);
    },
};

}  // namespace sbert::losses
