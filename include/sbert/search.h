#pragma once

#include <cstddef>
#include <vector>

#include <sbert/embeddings.h>
#include <sbert/similarity.h>

namespace sbert {

/// One found document.
struct SearchHit {
  size_t corpus_index;
  float score;
};

/// The `top_k` best corpus rows for each query, best first, exact; ties go to the smaller index. Memory stays bounded
/// (blocks), whatever the corpus size. sentence_transformers.util.semantic_search.
std::vector<std::vector<SearchHit>> semantic_search(const Embeddings& queries, const Embeddings& corpus,
                                                    size_t top_k = 10,
                                                    SimilarityFunction function = SimilarityFunction::cosine);

/// One pair of similar rows, first < second.
struct MinedPair {
  float score;
  size_t first;
  size_t second;
};

/// The `top_n` most similar pairs among all rows * (rows - 1) / 2, best first, exact; ties go to the smaller
/// (first, second). What takes a cross-encoder 65 hours for 10,000 sentences.
/// sentence_transformers.util.paraphrase_mining.
std::vector<MinedPair> mine_pairs(const Embeddings& embeddings, size_t top_n = 100,
                                  SimilarityFunction function = SimilarityFunction::cosine);

}  // namespace sbert
