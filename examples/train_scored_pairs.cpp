// Fine-tunes a model on pairs of sentences with a score: the cosine of their embeddings learns to be that score.
//   train_scored_pairs MODEL OUTPUT_DIRECTORY

#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include <sbert/sbert.h>

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::fprintf(stderr, "usage: train_scored_pairs MODEL OUTPUT_DIRECTORY\n");
    return 2;
  }
  sbert::SentenceTransformer model(argv[1]);

  const std::vector<sbert::InputExample> examples{
      {{"A plane is taking off.", "An air plane is taking off."}, 1.0f},
      {{"A man is playing a flute.", "A man is playing a bamboo flute."}, 0.76f},
      {{"A man is slicing a bun.", "A man is slicing an onion."}, 0.48f},
      {{"Three men are playing chess.", "Two men are playing chess."}, 0.52f},
      {{"A man is smoking.", "A man is skating."}, 0.1f},
      {{"A woman is writing.", "A woman is swimming."}, 0.1f},
  };
  sbert::DataLoader loader(examples, {.batch_size = 2, .shuffle = true});
  sbert::losses::CosineSimilarityLoss loss(model);

  // Measured on the training pairs, only to show how it is done.
  std::vector<std::string> first, second;
  std::vector<float> scores;
  for (const auto& example : examples) {
    first.push_back(example.texts[0]);
    second.push_back(example.texts[1]);
    scores.push_back(*example.label);
  }
  const auto evaluator = std::make_shared<sbert::evaluation::EmbeddingSimilarityEvaluator>(first, second, scores);

  std::printf("before: spearman %.4f\n", (*evaluator)(model).primary_value());
  model.fit({{loader, loss}}, {.epochs = 4,
                               .warmup_ratio = 0.1,
                               .evaluator = evaluator,
                               .on_evaluation = [](const sbert::EvaluationReport& report) {
                                 std::printf("epoch %.0f: spearman %.4f\n", report.epoch,
                                             report.result.primary_value());
                               }});
  model.save(argv[2]);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
