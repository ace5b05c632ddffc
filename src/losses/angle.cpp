#include <vector>

#include <sbert/losses.h>

#include "base/fail.h"
#include "losses/cosent.h"
#include "losses/entries.h"
#include "losses/loss.h"
#include "tensor/ops/elementwise.h"
#include "tensor/ops/rows.h"

namespace sbert::losses {
namespace {

/// |cos(x, y) + sin(x, y)|: rows are complex numbers, the first half real and the second imaginary (one of odd length
/// ends with 0), and sin is the imaginary part of their quotient.
Var angle_similarity(Execution& run, const Var& x, const Var& y) {
  const Var unit_x = normalize_rows(run, x), unit_y = normalize_rows(run, y);
  return absolute(run, row_dots(run, unit_x, add_quarter_turn(run, unit_y)));
}

class AnglE : public LossFunction {
 public:
  explicit AnglE(const AnglEOptions& options) : options_(options) {}

  std::string name() const override { return kAnglE.name; }
  OrderedJson config() const override { return {{"scale", options_.scale}, {"similarity_fct", "pairwise_angle_sim"}}; }
  ColumnRule columns() const override { return {2, 64, ColumnRule::Label::optional_number, kAnglE.data}; }
  bool learns_from_one_row(size_t inputs) const override { return inputs > 2; }
  void check_shape(size_t inputs, size_t labels_per_row) const override {
    if (inputs == 2 && labels_per_row == 0) {
      fail(ErrorCode::invalid_argument, name(),
           " needs a score with pairs; without one it takes (anchor, positive, "
           "negative, ...)");
    }
  }

  Var forward(Execution& run, const LossBatch& batch) const override {
    const size_t candidates = batch.embeddings.size() - 1;
    const std::vector<Var> anchors(candidates, batch.embeddings[0]);
    const Var scores = angle_similarity(run, concat_rows(run, anchors), concat_rows(run, batch.embeddings.subspan(1)));
    // The first candidates are positives, the others the opposite of them.
    std::vector<float> labels(batch.labels.begin(), batch.labels.end());
    if (labels.empty()) labels.assign(static_cast<size_t>(batch.rows()), 1);
    const std::vector<float> positive = labels;
    for (size_t i = 1; i < candidates; ++i) {
      for (const float label : positive)
        labels.push_back(1 - label);
    }
    return cosent(run, scores, labels, options_.scale);
  }

 private:
  AnglEOptions options_;
};

}  // namespace

AnglELoss::AnglELoss(const SentenceTransformer&, const AnglEOptions& options)
    : Loss(std::make_shared<AnglE>(options)) {}

constinit const LossEntry kAnglE{
    .name = "AnglELoss",
    .summary = "CoSENTLoss with an angle instead of the cosine, which saturates less",
    .data = "(sentence_a, sentence_b), score; or (anchor, positive, negative, ...)",
    .citation = "li-li-2024-aoe",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      AnglEOptions parsed;
      options.read("scale", parsed.scale);
      return AnglELoss(model, parsed);
    },
};

}  // namespace sbert::losses
