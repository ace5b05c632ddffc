#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include <sbert/losses.h>
#include <sbert/similarity.h>

#include "losses/options.h"
#include "tensor/variable.h"

namespace sbert::losses {

/// torch.cosine_similarity's lower bound of a length; sentence-transformers' own cos_sim has normalize_rows' 1e-12.
constexpr double kTorchCosineEpsilon = 1e-8;

/// similarity(x_i, y_i) for each row -> [N, 1]; distances are negative similarities.
Var pairwise_similarity(Execution& run, const Var& x, const Var& y, SimilarityFunction function);

/// similarity(x_i, y_j) -> [M, N]
Var similarity_matrix(Execution& run, const Var& x, const Var& y, SimilarityFunction function);

/// cos(x_i, y_i) as torch.cosine_similarity computes it -> [N, 1]
Var torch_cosine(Execution& run, const Var& x, const Var& y);

/// "cos_sim", ...: sentence-transformers' functions of all pairs.
inline constexpr std::array<Choice<SimilarityFunction>, 4> kMatrixNames{{
    {"cos_sim", SimilarityFunction::cosine},
    {"dot_score", SimilarityFunction::dot},
    {"euclidean_sim", SimilarityFunction::euclidean},
    {"manhattan_sim", SimilarityFunction::manhattan},
}};
inline constexpr Choices<SimilarityFunction> kSimilarities{kMatrixNames};

/// "pairwise_cos_sim", ...: those of rows.
inline constexpr std::array<Choice<SimilarityFunction>, 4> kPairwiseNames{{
    {"pairwise_cos_sim", SimilarityFunction::cosine},
    {"pairwise_dot_score", SimilarityFunction::dot},
    {"pairwise_euclidean_sim", SimilarityFunction::euclidean},
    {"pairwise_manhattan_sim", SimilarityFunction::manhattan},
}};
inline constexpr Choices<SimilarityFunction> kPairwiseSimilarities{kPairwiseNames};

}  // namespace sbert::losses
