#include <array>
#include <cmath>
#include <type_traits>
#include <vector>

#include <sbert/losses.h>

#include "base/fail.h"
#include "kernels/kernel_table.h"
#include "losses/entries.h"
#include "losses/matryoshka.h"
#include "losses/wrapper.h"
#include "model/implementation.h"
#include "tensor/ops/elementwise.h"
#include "tensor/ops/rows.h"
#include "tensor/ops/scalar_function.h"

namespace sbert::losses {
namespace {

using Weighting = AdaptiveLayerOptions::LayerWeighting;

constexpr std::array<Choice<Weighting>, 3> kWeightingNames{
    {{"uniform", Weighting::uniform}, {"log", Weighting::log}, {"linear", Weighting::linear}}};
constexpr Choices<Weighting> kWeightings{kWeightingNames};

/// mean_i KL(softmax(target_i / T) || softmax(x_i / T)); the target is a constant.
Var divergence(Execution& run, const Var& x, const Var& target, double temperature) {
  return scalar_function(run, x, [&](const auto* values, auto* slope) {
    using T = std::remove_reference_t<decltype(*slope)>;
    const int64_t rows = x->rows(), cols = x->cols();
    const T scale = 1 / static_cast<T>(temperature);
    std::vector<T> wanted(static_cast<size_t>(cols));
    T sum = 0;
    for (int64_t i = 0; i < rows; ++i) {
      const T* goal = target->value.row<T>(i);
      const T* given = values + i * cols;
      T* row = slope + i * cols;
      for (int64_t j = 0; j < cols; ++j) {
        wanted[static_cast<size_t>(j)] = goal[j] * scale;
        row[j] = given[j] * scale;
      }
      const T log_goal = kernels<T>().softmax(wanted.data(), cols);
      const T log_given = kernels<T>().softmax(row, cols);
      for (int64_t j = 0; j < cols; ++j) {
        const T probability = wanted[static_cast<size_t>(j)];
        if (probability > 0) sum += probability * ((goal[j] - given[j]) * scale - log_goal + log_given);
        row[j] = (row[j] - probability) * scale / static_cast<T>(rows);
      }
    }
    return sum / static_cast<T>(rows);
  });
}

/// AdaptiveLayerLoss, and Matryoshka2dLoss around a MatryoshkaLoss.
class AdaptiveLayer : public Wrapper {
 public:
  AdaptiveLayer(const LossEntry& entry, const SentenceTransformer& model, const Loss& inner,
                const AdaptiveLayerOptions& options)
      : Wrapper(inner.implementation()), entry_(entry), options_(options) {
    if (model.implementation().input().layer_count() == 0) {
      fail(ErrorCode::invalid_argument, name(), " needs a model with layers, such as a Transformer");
    }
    if (Wrapper::needs_prior_layers()) {
      fail(ErrorCode::invalid_argument, name(), " cannot wrap ", inner.implementation()->name(),
           ", which is about layers, too");
    }
  }

  std::string name() const override { return entry_.name; }
  OrderedJson config() const override {
    OrderedJson config{{"loss", inner_config()},
                       {"n_layers_per_step", options_.n_layers_per_step},
                       {"last_layer_weight", options_.last_layer_weight},
                       {"prior_layers_weight", options_.prior_layers_weight},
                       {"kl_div_weight", options_.kl_div_weight},
                       {"kl_temperature", options_.kl_temperature},
                       {"layer_weighting", name_of(kWeightings, options_.layer_weighting)}};
    if (&entry_ == &kMatryoshka2d) config.update(inner().config());
    return config;
  }
  /// Of the last layer, which the others shall be like, each row alone.
  bool learns_from_one_row(size_t /*inputs*/) const override { return true; }
  std::vector<int64_t> prior_layers(int64_t layer_count, uint64_t seed) const override {
    return draw(layer_count, options_.n_layers_per_step, seed);
  }
  bool needs_prior_layers() const override { return true; }

  Var forward(Execution& run, const LossBatch& batch) const override {
    LossBatch last = batch;
    last.layers = {};
    std::vector<Var> terms{inner().forward(run, last)};
    std::vector<double> weights{options_.last_layer_weight};
    const bool aligned = options_.kl_temperature > 0 && !batch.layers.empty();
    const Var goal = aligned ? concat_rows(run, batch.embeddings) : nullptr;
    for (const PriorLayer& layer : batch.layers) {
      LossBatch prior = last;
      prior.embeddings = layer.embeddings;
      // What the wrapped loss draws differs from layer to layer.
      prior.seed = batch.seed + (static_cast<uint64_t>(layer.index + 1) << 32);
      terms.push_back(inner().forward(run, prior));
      weights.push_back(options_.prior_layers_weight * layer_weight(layer.index) /
                        static_cast<double>(batch.layers.size()));
      if (!aligned) continue;
      terms.push_back(divergence(run, concat_rows(run, layer.embeddings), goal, options_.kl_temperature));
      weights.push_back(options_.kl_temperature * options_.kl_div_weight);
    }
    return weighted_sum(run, terms, weights);
  }

 private:
  double layer_weight(int64_t index) const {
    const auto number = static_cast<double>(index + 1);
    switch (options_.layer_weighting) {
      case Weighting::log:
        return 1 / (1 + std::log(number));
      case Weighting::linear:
        return 1 / number;
      case Weighting::uniform:
        break;
    }
    return 1;
  }

  const LossEntry& entry_;
  AdaptiveLayerOptions options_;
};

void read_options(OptionReader& options, AdaptiveLayerOptions& parsed) {
  options.read("n_layers_per_step", parsed.n_layers_per_step);
  options.read("last_layer_weight", parsed.last_layer_weight);
  options.read("prior_layers_weight", parsed.prior_layers_weight);
  options.read("kl_div_weight", parsed.kl_div_weight);
  options.read("kl_temperature", parsed.kl_temperature);
  options.read("layer_weighting", parsed.layer_weighting, kWeightings);
}

}  // namespace

AdaptiveLayerLoss::AdaptiveLayerLoss(const SentenceTransformer& model, const Loss& loss,
                                     const AdaptiveLayerOptions& options)
    : Loss(std::make_shared<AdaptiveLayer>(kAdaptiveLayer, model, loss, options)) {}

Matryoshka2dLoss::Matryoshka2dLoss(const SentenceTransformer& model, const Loss& loss,
                                   const Matryoshka2dOptions& options)
    : Loss(std::make_shared<AdaptiveLayer>(kMatryoshka2d, model, MatryoshkaLoss(model, loss, options.dims),
                                           options.layers)) {}

constinit const LossEntry kAdaptiveLayer{
    .name = "AdaptiveLayerLoss",
    .summary = "another loss, also on what earlier layers make, so that the last ones may be cut off",
    .data = "what the wrapped loss takes",
    .citation = "li20242d",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      AdaptiveLayerOptions parsed;
      const Loss inner = read_inner_loss(options, model);
      read_options(options, parsed);
      return AdaptiveLayerLoss(model, inner, parsed);
    },
};

constinit const LossEntry kMatryoshka2d{
    .name = "Matryoshka2dLoss",
    .summary = "AdaptiveLayerLoss of MatryoshkaLoss of another loss",
    .data = "what the wrapped loss takes",
    .citation = "li20242d",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      Matryoshka2dOptions parsed;
      const Loss inner = read_inner_loss(options, model);
      read_options(options, parsed.dims);
      read_options(options, parsed.layers);
      return Matryoshka2dLoss(model, inner, parsed);
    },
};

}  // namespace sbert::losses
