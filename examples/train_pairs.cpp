// Fine-tunes a model on (question, answer) pairs without any labels: every other answer of the batch is a wrong one.
//   train_pairs MODEL OUTPUT_DIRECTORY

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <sbert/sbert.h>

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::fprintf(stderr, "usage: train_pairs MODEL OUTPUT_DIRECTORY\n");
    return 2;
  }
  sbert::SentenceTransformer model(argv[1]);

  const std::vector<sbert::InputExample> examples{
      {{"How do I reset my password?", "Choose 'forgot password' on the login page."}},
      {{"Where is my parcel?", "The tracking number in your mail shows where it is."}},
      {{"Can I pay by invoice?", "Companies may pay by invoice within 30 days."}},
      {{"How do I cancel my order?", "Orders can be cancelled until they are shipped."}},
  };
  sbert::DataLoader loader(examples, {.batch_size = 4, .shuffle = true});
  sbert::losses::MultipleNegativesRankingLoss loss(model, {.scale = 20});

  const sbert::FitResult result =
      model.fit({{loader, loss}}, {.epochs = 5, .on_step = [](const sbert::StepReport& step) {
                                     std::printf("step %d: loss %.4f\n", static_cast<int>(step.step), step.loss);
                                   }});
  std::printf("%d tokens in %.2f s\n", static_cast<int>(result.tokens), result.seconds);

  // Which answer fits best?
  std::vector<std::string> answers;
  for (const auto& example : examples)
    answers.push_back(example.texts[1]);
  const std::string question = "I want my money back before it is sent";
  const auto hits = sbert::semantic_search(model.encode({question}), model.encode(answers), 1);
  std::printf("%s -> %s\n", question.c_str(), answers[hits[0][0].corpus_index].c_str());

  model.save(argv[2]);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
