// Fine-tunes a model on triplets from a file whose rows are {"set": {"query": ..., "pos": [...], "neg": [...]}}: a
// query comes nearer to the text that answers it than to the one that does not.
//   train_triplets MODEL triplets.jsonl OUTPUT_DIRECTORY

#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include <sbert/sbert.h>

int main(int argc, char** argv) try {
  if (argc != 4) {
    std::fprintf(stderr, "usage: train_triplets MODEL triplets.jsonl OUTPUT_DIRECTORY\n");
    return 2;
  }
  sbert::SentenceTransformer model(argv[1]);

  std::vector<sbert::InputExample> examples;
  for (const auto& row : sbert::load_dataset(argv[2])["train"])
    examples.push_back({{row["set"]["query"], row["set"]["pos"][0], row["set"]["neg"][0]}});
  std::printf("%zu triplets; the first: %s\n", examples.size(), examples[0].texts[0].c_str());

  sbert::DataLoader loader(examples, {.batch_size = 6, .shuffle = true});
  sbert::losses::TripletLoss loss(model,
                                  {.distance_metric = sbert::losses::DistanceMetric::cosine, .triplet_margin = 0.3});

  // Measured on the training data, only to show how it is done.
  std::vector<std::string> anchors, positives, negatives;
  for (const auto& example : examples) {
    anchors.push_back(example.texts[0]);
    positives.push_back(example.texts[1]);
    negatives.push_back(example.texts[2]);
  }
  const auto evaluator = std::make_shared<sbert::evaluation::TripletEvaluator>(anchors, positives, negatives);

  std::printf("before: accuracy %.2f\n", (*evaluator)(model).primary_value());
  model.fit({{loader, loss}}, {.epochs = 10,
                               .warmup_steps = 3,
                               .evaluator = evaluator,
                               .keep_best = true,
                               .early_stopping_patience = 3,
                               .on_evaluation = [](const sbert::EvaluationReport& report) {
                                 std::printf("epoch %.0f: accuracy %.2f\n", report.epoch,
                                             report.result.primary_value());
                               }});
  model.save(argv[3]);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
