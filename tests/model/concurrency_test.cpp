#include <thread>

#include <gtest/gtest.h>

#include <sbert/sentence_transformer.h>

#include "support/goldens.h"

namespace sbert {
namespace {

using Bits = std::vector<float>;

Bits encode_all(const SentenceTransformer& model, const std::vector<std::string>& texts, Precision precision) {
  const auto embeddings = model.encode(texts, {.precision = precision, .batch_tokens = 100});
  return {embeddings.data(), embeddings.data() + embeddings.rows() * embeddings.dimension()};
}

/// Many threads at once, each with its own part of the texts, give what one thread gives alone.
TEST(Concurrency, ManyThreadsEncodeWithOneModel) {
  constexpr size_t kThreads = 8;
  constexpr int kRounds = 3;
  const auto texts = test::golden_json("texts.json").at("texts").get<std::vector<std::string>>();
  for (const Precision precision : {Precision::f32, Precision::automatic}) {
    const SentenceTransformer alone(test::engine_golden("model").string());
    std::vector<std::vector<std::string>> parts(kThreads);
    std::vector<Bits> expected(kThreads);
    for (size_t thread = 0; thread < kThreads; ++thread) {
      for (size_t i = 0; i < texts.size(); ++i)
        parts[thread].push_back(texts[(i * (thread + 1) + thread) % texts.size()]);
      expected[thread] = encode_all(alone, parts[thread], precision);
    }
    // Fresh, so that the threads also race to round the weights.
    const SentenceTransformer shared(test::engine_golden("model").string());
    std::vector<int> wrong(kThreads, 0);
    {
      std::vector<std::jthread> team;
      for (size_t thread = 0; thread < kThreads; ++thread) {
        team.emplace_back([&, thread] {
          for (int round = 0; round < kRounds; ++round)
            wrong[thread] += static_cast<int>(encode_all(shared, parts[thread], precision) != expected[thread]);
        });
      }
    }
    EXPECT_EQ(wrong, std::vector<int>(kThreads, 0));
  }
}

TEST(Concurrency, ManyThreadsTokenize) {
  const SentenceTransformer model(test::engine_golden("model").string());
  const auto expected = model.tokenize("many threads, one model").ids;
  std::vector<int> wrong(4, 0);
  {
    std::vector<std::jthread> team;
    for (size_t thread = 0; thread < wrong.size(); ++thread) {
      team.emplace_back([&, thread] {
        for (int i = 0; i < 100; ++i)
          wrong[thread] += static_cast<int>(model.tokenize("many threads, one model").ids != expected);
      });
    }
  }
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

}  // namespace
}  // namespace sbert
