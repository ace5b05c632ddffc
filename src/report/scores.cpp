#include "report/scores.h"

#include <algorithm>
#include <optional>

#include "report/text.h"

namespace sbert::report {
namespace {

/// Few tokens at once: samples must not take more memory than training was planned with.
constexpr size_t kBatchTokens = 256;
constexpr size_t kUsageTexts = 3, kUsageCharacters = 200;

/// The beginning of a text, on one line.
std::string on_one_line(const std::string& text) {
  std::string line = shortened(text, kUsageCharacters);
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return line;
}

}  // namespace

void score_pairs(const SentenceTransformer& model, std::vector<ObjectiveRecord>& objectives, Precision precision,
                 double ScoredPair::*field) {
  // Prompts are put before them here; not even the model's default one is wanted.
  EncodeOptions options{.prompt = "", .precision = precision, .batch_tokens = kBatchTokens};
  const auto encode = [&](const std::string& text, const std::string& task) {
    options.task = task;
    return model.encode({text}, options);
  };
  for (ObjectiveRecord& objective : objectives) {
    for (ScoredPair& pair : objective.pairs) {
      const Embeddings first = encode(pair.prompt_first + pair.first, pair.task_first);
      const Embeddings second = encode(pair.prompt_second + pair.second, pair.task_second);
      pair.*field = static_cast<double>(pairwise_similarity(first, second, model.similarity_function()).front());
    }
  }
}

UsageExample make_usage_example(const SentenceTransformer& model, const std::vector<ObjectiveRecord>& objectives) {
  UsageExample usage;
  // A dash would begin an option of the command.
  const auto add = [&](const std::string& text) {
    const bool known = std::find(usage.texts.begin(), usage.texts.end(), text) != usage.texts.end();
    if (!text.empty() && text.front() != '-' && !known && usage.texts.size() < kUsageTexts) usage.texts.push_back(text);
  };
  std::optional<std::string> task;  // without one, not every Router takes a text
  for (const ObjectiveRecord& objective : objectives) {
    for (const ScoredPair& pair : objective.pairs) {
      if (!task) task = pair.task_first;
      add(on_one_line(pair.first));
      add(on_one_line(pair.second));
    }
  }
  for (const char* text : {"A cat sleeps on the sofa.", "A kitten takes a nap.", "The train leaves at nine."})
    add(text);
  const Embeddings embeddings =
      model.encode(usage.texts, {.task = task, .precision = Precision::f32, .batch_tokens = kBatchTokens});
  const Embeddings scores = similarity(embeddings, embeddings, model.similarity_function());
  usage.similarities.assign(scores.data(), scores.data() + scores.rows() * scores.dimension());
  return usage;
}

}  // namespace sbert::report
