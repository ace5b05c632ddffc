// Fine-tunes a model on two kinds of data at once: pairs of sentences with a score, and questions with their answers.
// Stops in the middle, goes on from the checkpoint, and asks beforehand what it will take.
//   train_objectives MODEL OUTPUT_DIRECTORY

#include <atomic>
#include <cstdio>
#include <exception>
#include <vector>

#include <sbert/sbert.h>

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::fprintf(stderr, "usage: train_objectives MODEL OUTPUT_DIRECTORY\n");
    return 2;
  }
  sbert::SentenceTransformer model(argv[1]);

  const std::vector<sbert::InputExample> scored{
      {{"A plane is taking off.", "An air plane is taking off."}, 1.0f},
      {{"A man is slicing a bun.", "A man is slicing an onion."}, 0.5f},
      {{"Three men are playing chess.", "Two men are playing chess."}, 0.5f},
      {{"A woman is writing.", "A woman is swimming."}, 0.1f},
  };
  const std::vector<sbert::InputExample> pairs{
      {{"How do I reset my password?", "Choose 'forgot password' on the login page."}},
      {{"Where is my parcel?", "The tracking number in your mail shows where it is."}},
      {{"Can I pay by invoice?", "Companies may pay by invoice within 30 days."}},
      {{"How do I cancel my order?", "Orders can be cancelled until they are shipped."}},
  };
  sbert::DataLoader scored_loader(scored, {.batch_size = 2});
  sbert::DataLoader pair_loader(pairs, {.batch_size = 4, .batches = sbert::BatchRule::no_duplicates});
  sbert::losses::CoSENTLoss scored_loss(model);
  sbert::losses::MultipleNegativesRankingLoss pair_loss(model);
  const std::vector<sbert::Objective> objectives{
      {.data = scored_loader, .loss = scored_loss},
      {.data = pair_loader, .loss = pair_loss, .weight = 0.5, .prompts = {"question: ", "answer: "}},
  };

  std::atomic<bool> stop = false;
  sbert::FitOptions options{.epochs = 4,
                            .mixing = sbert::Mixing::proportional,
                            .schedule = sbert::Schedule::cosine,
                            .warmup_ratio = 0.1,
                            .memory_budget = uint64_t{2} << 30,
                            .checkpoints = {.directory = argv[2], .every_steps = 3, .limit = 2},
                            .stop = &stop};
  const sbert::FitPlan plan = model.plan_fit(objectives, options);
  std::printf("%d steps, at most %d MiB\n", static_cast<int>(plan.total_steps),
              static_cast<int>(plan.peak_bytes >> 20));

  options.on_step = [&](const sbert::StepReport& step) { stop = step.step == 5; };
  sbert::FitResult result = model.fit(objectives, options);
  std::printf("stopped after step %d\n", static_cast<int>(result.steps));

  stop = false;
  options.on_step = {};
  options.checkpoints.resume = true;
  result = model.fit(objectives, options);
  std::printf("went on from step %d to step %d\n", static_cast<int>(result.resumed_from),
              static_cast<int>(result.steps));

  model.save(argv[2]);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
