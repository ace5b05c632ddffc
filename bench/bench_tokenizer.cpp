// Our half of tokenizer_speed.py: tokenizes the lines of a file, pass by pass, on one thread.
//
//   bench_tokenizer TOKENIZER.json TEXTS.txt PASSES [IDS.txt]
//
// Prints the seconds of each pass, the first of which has an empty word cache; the last one's ids go to IDS.txt, a list
// a line, as Python prints it.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <string>
#include <vector>

#include <sbert/tokenizer.h>

namespace {

using sbert::Encoding;

std::vector<std::string> read_lines(const char* path) {
  std::vector<std::string> lines;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);)
    lines.push_back(line);
  return lines;
}

void write_ids(const char* path, const std::vector<Encoding>& encodings) {
  std::ofstream out(path);
  for (const Encoding& encoding : encodings) {
    out << '[';
    for (size_t i = 0; i < encoding.ids.size(); ++i)
      out << (i ? ", " : "") << encoding.ids[i];
    out << "]\n";
  }
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 4 && argc != 5) {
    std::fprintf(stderr, "usage: bench_tokenizer TOKENIZER.json TEXTS.txt PASSES [IDS.txt]\n");
    return 2;
  }
  const auto tokenizer = sbert::Tokenizer::from_file(argv[1]);
  const std::vector<std::string> texts = read_lines(argv[2]);
  std::vector<Encoding> encodings(texts.size());
  for (int passes = std::atoi(argv[3]); passes > 0; --passes) {
    const auto start = std::chrono::steady_clock::now();
    for (size_t i = 0; i < texts.size(); ++i)
      encodings[i] = tokenizer.encode(texts[i]);
    std::printf("%.6f\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  if (argc == 5) write_ids(argv[4], encodings);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "bench_tokenizer: %s\n", error.what());
  return 1;
}
