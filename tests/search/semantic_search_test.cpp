#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include <sbert/error.h>
#include <sbert/search.h>

#include "base/threads.h"
#include "search/random_embeddings.h"

namespace sbert {
namespace {

using test::random_embeddings;

/// What semantic_search promises, the slow way: sort everything by (-score, index).
std::vector<SearchHit> brute_force(std::span<const float> scores, size_t top_k) {
  std::vector<SearchHit> hits;
  for (size_t i = 0; i < scores.size(); ++i)
    hits.push_back({i, scores[i]});
  std::stable_sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
  hits.resize(std::min(top_k, hits.size()));
  return hits;
}

void expect_same(const std::vector<SearchHit>& a, const std::vector<SearchHit>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    ASSERT_EQ(a[i].corpus_index, b[i].corpus_index) << i;
    ASSERT_EQ(a[i].score, b[i].score) << i;
  }
}

TEST(SemanticSearch, EqualsBruteForce) {
  for (const SimilarityFunction function : {SimilarityFunction::cosine, SimilarityFunction::dot,
                                            SimilarityFunction::euclidean, SimilarityFunction::manhattan}) {
    const Embeddings queries = random_embeddings(270, 12, 1), corpus = random_embeddings(4500, 12, 2);
    const auto found = semantic_search(queries, corpus, 17, function);
    const Embeddings scores = similarity(queries, corpus, function);
    ASSERT_EQ(found.size(), queries.rows());
    for (size_t i = 0; i < found.size(); ++i)
      expect_same(found[i], brute_force(scores[i], 17));
  }
}

TEST(SemanticSearch, TiesGoToTheSmallerIndex) {
  Embeddings corpus(5000, 4);
  for (size_t i = 0; i < corpus.rows(); ++i)
    corpus[i][0] = 1;
  const auto found = semantic_search(corpus, corpus, 3);
  for (const auto& hits : {found.front(), found.back()}) {
    ASSERT_EQ(hits.size(), 3u);
    for (size_t i = 0; i < 3; ++i)
      EXPECT_EQ(hits[i].corpus_index, i);
  }
}

TEST(SemanticSearch, ACorpusSmallerThanTopKIsReturnedWhole) {
  const Embeddings corpus = random_embeddings(3, 8, 3);
  EXPECT_EQ(semantic_search(corpus, corpus, 10)[0].size(), 3u);
}

TEST(SemanticSearch, NothingToFind) {
  const Embeddings some = random_embeddings(3, 8, 4);
  EXPECT_TRUE(semantic_search(Embeddings(), some).empty());
  EXPECT_EQ(semantic_search(some, Embeddings()).size(), 3u);
  EXPECT_TRUE(semantic_search(some, some, 0)[2].empty());
}

TEST(SemanticSearch, DifferentDimensionsAreAnError) {
  EXPECT_THROW(semantic_search(Embeddings(1, 3), Embeddings(1, 4)), Error);
}

TEST(SemanticSearch, NotANumberIsNeverAHit) {
  Embeddings corpus = random_embeddings(4, 8, 5);
  corpus[1][3] = std::nanf("");
  const auto found = semantic_search(random_embeddings(1, 8, 6), corpus, 4);
  EXPECT_EQ(found[0].size(), 3u);
  for (const SearchHit& hit : found[0])
    EXPECT_NE(hit.corpus_index, 1u);
}

TEST(SemanticSearch, SameHitsWithAnyNumberOfThreads) {
  const Embeddings queries = random_embeddings(64, 24, 7), corpus = random_embeddings(3000, 24, 8);
  set_thread_count(1);
  const auto one = semantic_search(queries, corpus, 20);
  set_thread_count(2);
  const auto two = semantic_search(queries, corpus, 20);
  set_thread_count(0);
  for (size_t i = 0; i < one.size(); ++i)
    expect_same(one[i], two[i]);
}

}  // namespace
}  // namespace sbert
