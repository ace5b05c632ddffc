// Loads a model, turns texts into vectors and compares them.
//   encode MODEL        (a directory, or a name that the Hugging Face cache has)

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <sbert/sbert.h>

int main(int argc, char** argv) try {
  sbert::SentenceTransformer model(argc > 1 ? argv[1] : "all-MiniLM-L6-v2");

  const std::vector<std::string> sentences{"The weather is lovely today.", "It's so sunny outside!",
                                           "He drove to the stadium."};
  const sbert::Embeddings embeddings = model.encode(sentences);
  std::printf("%zu sentences, %zu dimensions\n", embeddings.rows(), embeddings.dimension());

  const sbert::Embeddings similarities = model.similarity(embeddings, embeddings);
  for (size_t i = 0; i < sentences.size(); ++i) {
    for (size_t j = i + 1; j < sentences.size(); ++j) {
      std::printf("%.4f  %s | %s\n", similarities[i][j], sentences[i].c_str(), sentences[j].c_str());
    }
  }
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
