// Our half of static_embedding.py: encodes the lines of a file, again and again.
//
//   bench_encode MODEL TEXTS.txt PASSES
//
// Prints the seconds of each call of `encode`.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <string>
#include <vector>

#include <sbert/sentence_transformer.h>

int main(int argc, char** argv) try {
  if (argc != 4) {
    std::fprintf(stderr, "usage: bench_encode MODEL TEXTS.txt PASSES\n");
    return 2;
  }
  const sbert::SentenceTransformer model(argv[1]);
  std::vector<std::string> texts;
  std::ifstream in(argv[2]);
  for (std::string line; std::getline(in, line);)
    texts.push_back(line);
  for (int passes = std::atoi(argv[3]); passes > 0; --passes) {
    const auto start = std::chrono::steady_clock::now();
    const sbert::Embeddings embeddings = model.encode(texts);
    std::printf("%.6f\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "bench_encode: %s\n", error.what());
  return 1;
}
