#pragma once

#include <span>
#include <string_view>
#include <vector>

#include <sbert/embeddings.h>

namespace sbert {

/// How two embeddings are compared; larger is always more similar (distances are negated).
enum class SimilarityFunction {
  cosine,     ///< a . b / (|a| |b|)
  dot,        ///< a . b
  euclidean,  ///< -|a - b|_2
  manhattan,  ///< -|a - b|_1
};

/// "cosine", "dot", "euclidean", "manhattan": the names that config_sentence_transformers.json uses.
std::string_view to_string(SimilarityFunction function);
/// THROWS: invalid_argument for any other name.
SimilarityFunction similarity_function_from_string(std::string_view name);

/// All pairs: [a.rows, b.rows]. THROWS: invalid_argument if the dimensions differ.
Embeddings similarity(const Embeddings& a, const Embeddings& b,
                      SimilarityFunction function = SimilarityFunction::cosine);

/// Row by row: value i compares a[i] with b[i]. THROWS: invalid_argument if the shapes differ.
std::vector<float> pairwise_similarity(const Embeddings& a, const Embeddings& b,
                                       SimilarityFunction function = SimilarityFunction::cosine);

/// Divides every row by its length (at least 1e-12).
void normalize(Embeddings& embeddings);

}  // namespace sbert
