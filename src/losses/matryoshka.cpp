#include "losses/matryoshka.h"

#include <algorithm>
#include <numeric>

#include "base/fail.h"
#include "losses/entries.h"
#include "losses/wrapper.h"
#include "tensor/ops/elementwise.h"
#include "tensor/ops/rows.h"

namespace sbert::losses {
namespace {

class Matryoshka : public Wrapper {
 public:
  Matryoshka(const SentenceTransformer& model, const Loss& inner, const MatryoshkaOptions& options)
      : Wrapper(inner.implementation()), dimension_(model.embedding_dimension()), draws_(options.n_dims_per_step) {
    const auto& dims = options.matryoshka_dims;
    std::vector<double> weights = options.matryoshka_weights;
    if (weights.empty()) weights.assign(dims.size(), 1);
    if (dims.empty())
      fail(ErrorCode::invalid_argument, name(), " needs matryoshka_dims, such as [", dimension_, ", ",
           (dimension_ + 1) / 2, "]");
    if (weights.size() != dims.size()) {
      fail(ErrorCode::invalid_argument, name(), " has ", dims.size(), " matryoshka_dims and ", weights.size(),
           " matryoshka_weights");
    }
    for (size_t i = 0; i < dims.size(); ++i) {
      check(dims[i]);
      steps_.push_back({dims[i], weights[i]});
    }
    std::stable_sort(steps_.begin(), steps_.end(), [](const Step& a, const Step& b) { return a.dim > b.dim; });
  }

  std::string name() const override { return kMatryoshka.name; }
  OrderedJson config() const override {
    OrderedJson config{{"loss", inner_config()}};
    for (const Step& step : steps_) {
      config["matryoshka_dims"].push_back(step.dim);
      config["matryoshka_weights"].push_back(step.weight);
    }
    config["n_dims_per_step"] = draws_;
    return config;
  }
  bool takes_any_dimension() const override { return false; }

  Var forward(Execution& run, const LossBatch& batch) const override {
    std::vector<Var> terms;
    std::vector<double> weights;
    // The draw of layers takes the same seed.
    for (const int64_t i : draw(static_cast<int64_t>(steps_.size()), draws_, ~batch.seed)) {
      const Step& step = steps_[static_cast<size_t>(i)];
      terms.push_back(at(run, batch, step.dim));
      weights.push_back(step.weight);
    }
    return weighted_sum(run, terms, weights);
  }

 private:
  struct Step {
    int64_t dim;
    double weight;
  };

  void check(int64_t dim) const {
    const auto whole = static_cast<int64_t>(dimension_);
    if (dim < 1 || dim > whole) {
      fail(ErrorCode::invalid_argument, name(), ": matryoshka_dims must be from 1 to the model's ", whole, ", not ",
           dim);
    }
    if (dim != whole && !inner().takes_any_dimension()) {
      fail(ErrorCode::invalid_argument, name(), " cannot wrap this ", inner().name(),
           ": what it learns itself fits whole embeddings only");
    }
  }

  /// The loss of the first `dim` numbers of all embeddings, as encode() cuts and normalises them.
  Var at(Execution& run, const LossBatch& batch, int64_t dim) const {
    const auto cut = [&](std::span<const Var> columns) {
      std::vector<Var> shorter;
      for (const Var& column : columns)
        shorter.push_back(normalize_rows(run, first_columns(run, column, dim)));
      return shorter;
    };
    const std::vector<Var> embeddings = cut(batch.embeddings);
    std::vector<PriorLayer> layers;
    for (const PriorLayer& layer : batch.layers)
      layers.push_back({layer.index, cut(layer.embeddings)});
    LossBatch shorter = batch;
    shorter.embeddings = embeddings;
    shorter.layers = layers;
    std::vector<float> labels;
    if (inner().columns().label == ColumnRule::Label::embedding) {
      labels = cut_labels(batch.labels, static_cast<size_t>(dim));
      shorter.labels = labels;
    }
    return inner().forward(run, shorter);
  }

  /// A teacher's embeddings, cut like the model's, but not normalised.
  std::vector<float> cut_labels(std::span<const float> labels, size_t dim) const {
    std::vector<float> cut;
    for (size_t begin = 0; begin < labels.size(); begin += dimension_) {
      const auto whole = labels.subspan(begin, dimension_);
      cut.insert(cut.end(), whole.begin(), whole.begin() + static_cast<ptrdiff_t>(dim));
    }
    return cut;
  }

  size_t dimension_;
  std::vector<Step> steps_;  ///< The largest first.
  int64_t draws_;
};

}  // namespace

void read_options(OptionReader& options, MatryoshkaOptions& parsed) {
  options.read("matryoshka_dims", parsed.matryoshka_dims);
  options.read("matryoshka_weights", parsed.matryoshka_weights);
  options.read("n_dims_per_step", parsed.n_dims_per_step);
}

MatryoshkaLoss::MatryoshkaLoss(const SentenceTransformer& model, const Loss& loss, const MatryoshkaOptions& options)
    : Loss(std::make_shared<Matryoshka>(model, loss, options)) {}

constinit const LossEntry kMatryoshka{
    .name = "MatryoshkaLoss",
    .summary = "another loss, also on the first numbers of each embedding, so that it may be cut",
    .data = "what the wrapped loss takes",
    .citation = "kusupati2024matryoshka",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      MatryoshkaOptions parsed;
      const Loss inner = read_inner_loss(options, model);
      read_options(options, parsed);
      return MatryoshkaLoss(model, inner, parsed);
    },
};

}  // namespace sbert::losses
