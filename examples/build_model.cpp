// Builds a sentence-embedding model from a pretrained transformer and a pooling layer, and saves it in a directory that
// Python sentence-transformers opens too.
//   build_model MODEL OUTPUT_DIRECTORY

#include <cstdio>
#include <exception>

#include <sbert/sbert.h>

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::fprintf(stderr, "usage: build_model MODEL OUTPUT_DIRECTORY\n");
    return 2;
  }
  auto words = sbert::models::Transformer(argv[1]);
  auto pooling = sbert::models::Pooling(words.embedding_dimension());
  sbert::SentenceTransformer model({words, pooling});

  const auto vectors = model.encode({"a sentence", "another"});
  std::printf("similarity %.4f\n", model.similarity(vectors, vectors)[0][1]);

  model.save(argv[2]);
  std::printf("saved in %s\n", argv[2]);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
