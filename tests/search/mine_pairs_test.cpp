#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include <sbert/search.h>

#include "base/threads.h"
#include "search/random_embeddings.h"

namespace sbert {
namespace {

using test::random_embeddings;

std::vector<MinedPair> brute_force(const Embeddings& scores, size_t top_n) {
  std::vector<MinedPair> pairs;
  for (size_t i = 0; i < scores.rows(); ++i) {
    for (size_t j = i + 1; j < scores.rows(); ++j)
      pairs.push_back({scores[i][j], i, j});
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
  pairs.resize(std::min(top_n, pairs.size()));
  return pairs;
}

void expect_same(const std::vector<MinedPair>& a, const std::vector<MinedPair>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    ASSERT_EQ(a[i].first, b[i].first) << i;
    ASSERT_EQ(a[i].second, b[i].second) << i;
    ASSERT_EQ(a[i].score, b[i].score) << i;
  }
}

TEST(MinePairs, EqualsBruteForce) {
  for (const SimilarityFunction function :
       {SimilarityFunction::cosine, SimilarityFunction::dot, SimilarityFunction::euclidean}) {
    for (const size_t rows : {2, 3, 255, 600, 2060}) {
      const Embeddings embeddings = random_embeddings(rows, 10, 1);
      const Embeddings scores = similarity(embeddings, embeddings, function);
      for (const size_t top_n : {1, 50, 4000}) {
        expect_same(mine_pairs(embeddings, top_n, function), brute_force(scores, top_n));
      }
    }
  }
}

TEST(MinePairs, TiesGoToTheSmallerIndices) {
  Embeddings embeddings(2500, 4);
  for (size_t i = 0; i < embeddings.rows(); ++i)
    embeddings[i][1] = 2;
  const std::vector<MinedPair> pairs = mine_pairs(embeddings, 4);
  ASSERT_EQ(pairs.size(), 4u);
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(pairs[i].first, 0u);
    EXPECT_EQ(pairs[i].second, i + 1);
  }
}

TEST(MinePairs, FewerPairsThanAskedFor) {
  EXPECT_EQ(mine_pairs(random_embeddings(4, 8, 2), 100).size(), 6u);
  EXPECT_TRUE(mine_pairs(random_embeddings(1, 8, 2)).empty());
  EXPECT_TRUE(mine_pairs(Embeddings()).empty());
  EXPECT_TRUE(mine_pairs(random_embeddings(4, 8, 2), 0).empty());
}

TEST(MinePairs, NotANumberIsNeverMined) {
  Embeddings embeddings = random_embeddings(5, 8, 3);
  embeddings[2][0] = std::nanf("");
  EXPECT_EQ(mine_pairs(embeddings, 100).size(), 6u);
}

TEST(MinePairs, SamePairsWithAnyNumberOfThreads) {
  const Embeddings embeddings = random_embeddings(1500, 24, 4);
  set_thread_count(1);
  const auto one = mine_pairs(embeddings, 300);
  set_thread_count(2);
  const auto two = mine_pairs(embeddings, 300);
  set_thread_count(0);
  expect_same(one, two);
}

}  // namespace
}  // namespace sbert
