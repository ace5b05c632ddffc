#include <algorithm>
#include <optional>
#include <vector>

#include <sbert/losses.h>
#include <sbert/sentence_transformer.h>

#include "base/fail.h"
#include "losses/entries.h"
#include "losses/linear_head.h"
#include "losses/loss.h"
#include "tensor/ops/criterion.h"
#include "tensor/ops/elementwise.h"
#include "tensor/ops/rows.h"

namespace sbert::losses {
namespace {

/// A label of another meaning, taken for a class, would ask for a huge classifier.
constexpr float kMostClasses = 1 << 20;

class Softmax : public LossFunction {
 public:
  Softmax(const SentenceTransformer& model, const SoftmaxOptions& options) : options_(options) {
    const int64_t parts = (options.concatenation_sent_rep ? 2 : 0) + (options.concatenation_sent_difference ? 1 : 0) +
                          (options.concatenation_sent_multiplication ? 1 : 0);
    if (parts == 0) {
      fail(ErrorCode::invalid_argument, name(),
           ": at least one of concatenation_sent_rep, "
           "concatenation_sent_difference and concatenation_sent_multiplication must be true");
    }
    dimension_ = static_cast<int64_t>(model.embedding_dimension());
    features_ = parts * dimension_;
    if (options.num_labels) make_head();
  }

  std::string name() const override { return kSoftmax.name; }
  OrderedJson config() const override {
    return {{"num_labels", options_.num_labels ? OrderedJson(*options_.num_labels) : OrderedJson()},
            {"concatenation_sent_rep", options_.concatenation_sent_rep},
            {"concatenation_sent_difference", options_.concatenation_sent_difference},
            {"concatenation_sent_multiplication", options_.concatenation_sent_multiplication}};
  }
  ColumnRule columns() const override {
    ColumnRule rule{2, 2, ColumnRule::Label::class_number, kSoftmax.data};
    if (options_.num_labels) rule.max_label = static_cast<double>(*options_.num_labels) - 1;
    return rule;
  }
  void prepare(std::span<const float> labels, uint64_t seed) override {
    if (!head_) {
      const float largest = *std::max_element(labels.begin(), labels.end());
      if (!(largest < kMostClasses)) {
        fail(ErrorCode::invalid_argument, name(), ": the data has the class ", largest,
             ": classes must be numbers 0, 1, 2, ... without large gaps");
      }
      options_.num_labels = static_cast<size_t>(largest) + 1;
      make_head();
    }
    head_->initialize(seed);
  }
  bool takes_any_dimension() const override { return false; }
  std::vector<ParameterPtr> parameters() const override {
    return head_ ? head_->parameters() : std::vector<ParameterPtr>();
  }

  Var forward(Execution& run, const LossBatch& batch) const override {
    const Var logits = scores(run, batch.embeddings[0], batch.embeddings[1]);
    const std::vector<int64_t> classes(batch.labels.begin(), batch.labels.end());
    return cross_entropy(run, logits, classes, 1);
  }

  bool classifies() const override { return true; }
  Embeddings classify(const std::vector<Embeddings>& columns) const override {
    if (!head_) fail(ErrorCode::invalid_argument, name(), ": say num_labels, or train first: it has no classifier yet");
    const auto is_input = [&](const Embeddings& column) {
      return column.rows() == columns.front().rows() && static_cast<int64_t>(column.dimension()) == dimension_;
    };
    if (columns.size() != 2 || !is_input(columns[0]) || !is_input(columns[1])) {
      fail(ErrorCode::invalid_argument, name(), " classifies two columns of embeddings with ", dimension_,
           " dimensions and as many rows");
    }
    Execution run;
    const Var logits = scores(run, variable(columns[0]), variable(columns[1]));
    Embeddings result(columns[0].rows(), *options_.num_labels);
    std::copy_n(logits->value.data<float>(), logits->value.size(), result.data());
    return result;
  }

 private:
  static Var variable(const Embeddings& rows) {
    Tensor tensor = Tensor::empty(static_cast<int64_t>(rows.rows()), static_cast<int64_t>(rows.dimension()));
    std::copy_n(rows.data(), tensor.size(), tensor.data<float>());
    return make_variable(std::move(tensor));
  }
  Var scores(Execution& run, const Var& u, const Var& v) const {
    std::vector<Var> parts;
    if (options_.concatenation_sent_rep) parts = {u, v};
    if (options_.concatenation_sent_difference) parts.push_back(absolute(run, subtract(run, u, v)));
    if (options_.concatenation_sent_multiplication) parts.push_back(multiply(run, u, v));
    return head_->forward(run, concat_columns(run, parts));
  }
  void make_head() { head_.emplace("classifier", features_, static_cast<int64_t>(*options_.num_labels)); }

  SoftmaxOptions options_;
  int64_t dimension_ = 0, features_ = 0;
  std::optional<LinearHead> head_;
};

}  // namespace

SoftmaxLoss::SoftmaxLoss(const SentenceTransformer& model, const SoftmaxOptions& options)
    : Loss(std::make_shared<Softmax>(model, options)) {}

Embeddings SoftmaxLoss::classify(const std::vector<Embeddings>& columns) const {
  return implementation()->classify(columns);
}

constinit const LossEntry kSoftmax{
    .name = "SoftmaxLoss",
    .summary = "a classifier on both embeddings, which the model does not keep, tells the class",
    .data = "(sentence_a, sentence_b), class",
    .citation = "reimers-2019-sentence-bert",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      SoftmaxOptions parsed;
      options.read("num_labels", parsed.num_labels);
      options.read("concatenation_sent_rep", parsed.concatenation_sent_rep);
      options.read("concatenation_sent_difference", parsed.concatenation_sent_difference);
      options.read("concatenation_sent_multiplication", parsed.concatenation_sent_multiplication);
      return SoftmaxLoss(model, parsed);
    },
};

}  // namespace sbert::losses
