#include <type_traits>

#include <sbert/losses.h>

#include "losses/entries.h"
#include "losses/loss.h"
#include "losses/similarity.h"
#include "tensor/ops/scalar_function.h"

namespace sbert::losses {
namespace {

class MegaBatchMargin : public LossFunction {
 public:
  explicit MegaBatchMargin(const MegaBatchMarginOptions& options) : options_(options) {}

  std::string name() const override { return kMegaBatchMargin.name; }
  OrderedJson config() const override {
    return {{"positive_margin", options_.positive_margin}, {"negative_margin", options_.negative_margin}};
  }
  ColumnRule columns() const override { return {2, 2, ColumnRule::Label::none, kMegaBatchMargin.data}; }

  Var forward(Execution& run, const LossBatch& batch) const override {
    const Var cosines = similarity_matrix(run, batch.embeddings[0], batch.embeddings[1], SimilarityFunction::cosine);
    return scalar_function(run, cosines, [&](const auto* cosine, auto* slope) {
      using T = std::remove_reference_t<decltype(*slope)>;
      const auto rows = static_cast<size_t>(batch.rows());
      const auto divisor = static_cast<T>(rows);
      T sum = 0;
      for (size_t i = 0; i < rows; ++i) {
        const T* row = cosine + i * rows;
        size_t hardest = i;
        for (size_t j = 0; j < rows; ++j) {
          if (j != i && (hardest == i || row[j] > row[hardest])) hardest = j;
        }
        const T lacking = static_cast<T>(options_.positive_margin) - row[i];
        if (lacking > 0) {
          sum += lacking;
          slope[i * rows + i] -= 1 / divisor;
        }
        const T excess = row[hardest] - static_cast<T>(options_.negative_margin);
        if (hardest != i && excess > 0) {
          sum += excess;
          slope[i * rows + hardest] += 1 / divisor;
        }
      }
      return sum / divisor;
    });
  }

 private:
  MegaBatchMarginOptions options_;
};

}  // namespace

MegaBatchMarginLoss::MegaBatchMarginLoss(const SentenceTransformer&, const MegaBatchMarginOptions& options)
    : Loss(std::make_shared<MegaBatchMargin>(options)) {}

constinit const LossEntry kMegaBatchMargin{
    .name = "MegaBatchMarginLoss",
    .summary = "positives are alike, and the hardest negative of a large batch (500 and more) is not",
    .data = "(anchor, positive)",
    .citation = "wieting-gimpel-2018-paranmt",
    .make = [](OptionReader& options, const SentenceTransformer& model) -> Loss {
      MegaBatchMarginOptions parsed;
      options.read("positive_margin", parsed.positive_margin);
      options.read("negative_margin", parsed.negative_margin);
      options.ignore({"use_mini_batched_version", "mini_batch_size", "mini_batch_num_tokens", "show_progress_bar"});
      return MegaBatchMarginLoss(model, parsed);
    },
};

}  // namespace sbert::losses
