#include <algorithm>
#include <array>

#include <sbert/similarity.h>

#include "base/fail.h"
#include "base/threads.h"
#include "model/distance.h"
#include "model/similarity_block.h"

namespace sbert {

namespace {

struct FunctionName {
  SimilarityFunction function;
  std::string_view name;
};

constexpr std::array<FunctionName, 4> kNames{{{SimilarityFunction::cosine, "cosine"},
                                              {SimilarityFunction::dot, "dot"},
                                              {SimilarityFunction::euclidean, "euclidean"},
                                              {SimilarityFunction::manhattan, "manhattan"}}};

float similarity_of(const float* a, const float* b, size_t n, SimilarityFunction function) {
  switch (function) {
    case SimilarityFunction::dot:
      return static_cast<float>(dot_product(a, b, n));
    case SimilarityFunction::euclidean:
      return -euclidean_distance(a, b, n);
    case SimilarityFunction::manhattan:
      return -manhattan_distance(a, b, n);
    case SimilarityFunction::cosine:
      break;
  }
  return static_cast<float>(dot_product(a, b, n) / (safe_length(a, n) * safe_length(b, n)));
}

}  // namespace

std::string_view to_string(SimilarityFunction function) {
  return kNames[static_cast<size_t>(function)].name;
}

SimilarityFunction similarity_function_from_string(std::string_view name) {
  for (const FunctionName& known : kNames) {
    if (known.name == name) return known.function;
  }
  fail(ErrorCode::invalid_argument, "unknown similarity function '", name,
       "': use cosine, dot, euclidean or manhattan");
}

Embeddings similarity(const Embeddings& a, const Embeddings& b, SimilarityFunction function) {
  if (a.empty() || b.empty()) return {a.rows(), b.rows()};
  if (a.dimension() != b.dimension()) {
    fail(ErrorCode::invalid_argument, "similarity of embeddings with ", a.dimension(), " and with ", b.dimension(),
         " dimensions: both must come from the same model");
  }
  Embeddings result(a.rows(), b.rows());
  const size_t query_rows = std::min(a.rows(), SimilarityBlock::kQueryRows);
  const size_t candidate_rows = std::min(b.rows(), SimilarityBlock::kCandidateRows);
  SimilarityBlock block(function, a.dimension(), query_rows, candidate_rows);
  for (size_t j = 0; j < b.rows(); j += candidate_rows) {
    const size_t j_end = std::min(b.rows(), j + candidate_rows);
    block.set_candidates({b, j, j_end});
    for (size_t i = 0; i < a.rows(); i += query_rows) {
      const size_t i_end = std::min(a.rows(), i + query_rows);
      const float* scores = block.score({a, i, i_end});
      for (size_t row = i; row < i_end; ++row) {
        std::copy_n(scores + (row - i) * block.stride(), j_end - j, result[row].data() + j);
      }
    }
  }
  return result;
}

std::vector<float> pairwise_similarity(const Embeddings& a, const Embeddings& b, SimilarityFunction function) {
  if (a.rows() != b.rows() || a.dimension() != b.dimension()) {
    fail(ErrorCode::invalid_argument, "pairwise similarity of [", a.rows(), ", ", a.dimension(), "] with [", b.rows(),
         ", ", b.dimension(), "]: the shapes must be equal");
  }
  std::vector<float> result(a.rows());
  parallel_for(static_cast<int64_t>(a.rows()), 256, [&](int64_t begin, int64_t end) {
    for (size_t i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i) {
      result[i] = similarity_of(a[i].data(), b[i].data(), a.dimension(), function);
    }
  });
  return result;
}

void normalize(Embeddings& embeddings) {
  parallel_for(static_cast<int64_t>(embeddings.rows()), 256, [&](int64_t begin, int64_t end) {
    for (size_t i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i) {
      const std::span<float> row = embeddings[i];
      const double scale = 1 / safe_length(row.data(), row.size());
      for (float& x : row)
        x = static_cast<float>(x * scale);
    }
  });
}

}  // namespace sbert
