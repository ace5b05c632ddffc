// Cuts texts into the tokens of a model: only their ids, fast; and with where each comes from.
//   tokenize MODEL      (a directory, or a name that the Hugging Face cache has)

#include <cstdio>
#include <exception>
#include <string>

#include <sbert/sbert.h>

int main(int argc, char** argv) try {
  const sbert::Tokenizer tokenizer(argc > 1 ? argv[1] : "all-MiniLM-L6-v2");

  const std::string question = "Who wrote Faust?", answer = "Goethe wrote it.";
  const sbert::Encoding pair = tokenizer.encode_pair(question, answer, {.max_length = 16});
  std::printf("%zu tokens: %s\n", pair.ids.size(), tokenizer.decode(pair.ids).c_str());

  const auto traced = tokenizer.encode_with_offsets(answer, {}, {}, sbert::OffsetUnit::bytes);
  for (size_t i = 0; i < traced.ids.size(); ++i) {
    const auto [begin, end] = traced.offsets[i];
    std::printf("%6d  %-8s '%s'\n", traced.ids[i], tokenizer.id_to_token(traced.ids[i]).c_str(),
                answer.substr(begin, end - begin).c_str());
  }
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
