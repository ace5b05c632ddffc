#include "report/scores.h"

namespace sbert::report {
namespace {

/// Few tokens at once: samples must not take more memory than training was planned with.
constexpr size_t kBatchTokens = 256;

}  // namespace

void score_pairs(const SentenceTransformer& model, std::vector<ObjectiveRecord>& objectives, Precision precision,
                 double ScoredPair::*field) {
  // Prompts are put before them here; not even the model's default one is wanted.
  const EncodeOptions options{.prompt = "", .precision = precision, .batch_tokens = kBatchTokens};
  for (ObjectiveRecord& objective : objectives) {
    std::vector<std::string> first, second;
    for (const ScoredPair& pair : objective.pairs) {
      first.push_back(pair.prompt_first + pair.first);
      second.push_back(pair.prompt_second + pair.second);
    }
    const auto scores =
        pairwise_similarity(model.encode(first, options), model.encode(second, options), model.similarity_function());
    for (size_t i = 0; i < scores.size(); ++i)
      objective.pairs[i].*field = static_cast<double>(scores[i]);
  }
}

}  // namespace sbert::report
