// Fine-tunes a model on texts with a class: those of one class move together, those of others apart.
//   train_classes MODEL OUTPUT_DIRECTORY

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <sbert/sbert.h>

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::fprintf(stderr, "usage: train_classes MODEL OUTPUT_DIRECTORY\n");
    return 2;
  }
  sbert::SentenceTransformer model(argv[1]);

  // Classes are whole numbers: here 0 is weather, 1 is food, 2 is sport.
  const std::vector<sbert::InputExample> examples{
      {{"It will rain all afternoon."}, 0},       {{"Strong winds reach the coast."}, 0},
      {{"The frost lasted until noon."}, 0},      {{"Hail damaged the vineyards."}, 0},
      {{"Stir the sauce until it thickens."}, 1}, {{"The bread needs an hour in the oven."}, 1},
      {{"Add a pinch of salt to the dough."}, 1}, {{"We had lentil soup for lunch."}, 1},
      {{"The striker scored twice."}, 2},         {{"She won the marathon in record time."}, 2},
      {{"Our team lost the final."}, 2},          {{"The goalkeeper saved a penalty."}, 2},
  };
  // The loss compares texts of a batch, so every batch needs two or more of a class.
  sbert::DataLoader loader(examples, {.batch_size = 6, .batches = sbert::BatchRule::group_by_label});
  sbert::losses::BatchAllTripletLoss loss(model);

  // Is a text nearer to one of its class than to one of another?
  const sbert::evaluation::TripletEvaluator evaluator(
      {"Clouds gather above the stadium.", "Dinner was cold.", "The cook ran ten miles.", "Peel the carrots."},
      {"Tomorrow the sun will shine.", "Fry the mushrooms.", "Rowers met for a race.", "Dinner was cold."},
      {"Fans gather in the stadium.", "The night was cold.", "The cook peels carrots.", "The trees were bare."});
  std::printf("before: accuracy %.2f\n", evaluator(model).primary_value());
  model.fit({{loader, loss}}, {.epochs = 3, .learning_rate = 5e-5});
  std::printf("after: accuracy %.2f\n", evaluator(model).primary_value());

  model.save(argv[2]);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
