#include <cmath>

#include <gtest/gtest.h>

#include <sbert/error.h>
#include <sbert/similarity.h>

#include "base/threads.h"
#include "search/random_embeddings.h"

namespace sbert {
namespace {

using test::random_embeddings;

double reference(std::span<const float> a, std::span<const float> b, SimilarityFunction function) {
  double dot = 0, a2 = 0, b2 = 0, l1 = 0, l2 = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    const double x = a[i], y = b[i];
    dot += x * y;
    a2 += x * x;
    b2 += y * y;
    l1 += std::fabs(x - y);
    l2 += (x - y) * (x - y);
  }
  switch (function) {
    case SimilarityFunction::cosine:
      return dot / std::sqrt(a2 * b2);
    case SimilarityFunction::dot:
      return dot;
    case SimilarityFunction::euclidean:
      return -std::sqrt(l2);
    case SimilarityFunction::manhattan:
      break;
  }
  return -l1;
}

class EverySimilarity : public testing::TestWithParam<SimilarityFunction> {};
INSTANTIATE_TEST_SUITE_P(Similarity, EverySimilarity,
                         testing::Values(SimilarityFunction::cosine, SimilarityFunction::dot,
                                         SimilarityFunction::euclidean, SimilarityFunction::manhattan),
                         [](const auto& test) { return std::string(to_string(test.param)); });

TEST_P(EverySimilarity, MatrixEqualsTheDefinition) {
  for (const auto& [a_rows, b_rows, dimension] :
       {std::tuple{1, 1, 1}, {3, 5, 7}, {2, 9, 16}, {260, 17, 33}, {5, 2051, 20}}) {
    const Embeddings a = random_embeddings(a_rows, dimension, 1), b = random_embeddings(b_rows, dimension, 2);
    const Embeddings scores = similarity(a, b, GetParam());
    ASSERT_EQ(scores.rows(), a.rows());
    ASSERT_EQ(scores.dimension(), b.rows());
    for (size_t i = 0; i < a.rows(); ++i) {
      for (size_t j = 0; j < b.rows(); ++j) {
        ASSERT_NEAR(scores[i][j], reference(a[i], b[j], GetParam()), 1e-6 * dimension + 1e-6) << i << ' ' << j;
      }
    }
  }
}

TEST_P(EverySimilarity, PairwiseEqualsTheDefinition) {
  const Embeddings a = random_embeddings(700, 50, 3), b = random_embeddings(700, 50, 4);
  const std::vector<float> scores = pairwise_similarity(a, b, GetParam());
  ASSERT_EQ(scores.size(), 700u);
  for (size_t i = 0; i < scores.size(); ++i) {
    ASSERT_NEAR(scores[i], reference(a[i], b[i], GetParam()), 2e-5) << i;
  }
}

TEST_P(EverySimilarity, ZeroVectorsGiveFiniteNumbers) {
  const Embeddings zero(2, 8);
  const Embeddings scores = similarity(zero, zero, GetParam());
  EXPECT_EQ(scores[0][1], 0.0f);
  EXPECT_EQ(pairwise_similarity(zero, zero, GetParam())[0], 0.0f);
}

TEST_P(EverySimilarity, SameBitsWithAnyNumberOfThreads) {
  const Embeddings a = random_embeddings(300, 48, 5), b = random_embeddings(2100, 48, 6);
  set_thread_count(1);
  const Embeddings one = similarity(a, b, GetParam());
  set_thread_count(2);
  const Embeddings two = similarity(a, b, GetParam());
  set_thread_count(0);
  EXPECT_TRUE(std::equal(one.data(), one.data() + one.rows() * one.dimension(), two.data()));
}

TEST(Similarity, NoRowsGiveNoScores) {
  EXPECT_TRUE(similarity(Embeddings(), Embeddings(2, 3)).empty());
  EXPECT_EQ(similarity(Embeddings(2, 3), Embeddings()).dimension(), 0u);
}

TEST(Similarity, DifferentDimensionsAreAnError) {
  EXPECT_THROW(similarity(Embeddings(1, 3), Embeddings(1, 4)), Error);
  EXPECT_THROW(pairwise_similarity(Embeddings(1, 3), Embeddings(2, 3)), Error);
}

TEST(Similarity, NamesRoundTrip) {
  for (const char* name : {"cosine", "dot", "euclidean", "manhattan"}) {
    EXPECT_EQ(to_string(similarity_function_from_string(name)), name);
  }
  EXPECT_THROW(similarity_function_from_string("cosin"), Error);
}

TEST(Similarity, NormalizeGivesUnitLength) {
  Embeddings a = random_embeddings(5, 30, 7);
  std::fill_n(a[2].data(), 30, 0.0f);
  normalize(a);
  for (const size_t i : {0u, 1u, 3u, 4u})
    EXPECT_NEAR(reference(a[i], a[i], SimilarityFunction::dot), 1, 1e-6);
  EXPECT_EQ(a[2][0], 0.0f);
}

}  // namespace
}  // namespace sbert
