#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <sbert/embeddings.h>
#include <sbert/similarity.h>

namespace sbert {

/// Consecutive rows of an embedding matrix.
struct RowBlock {
  const Embeddings& embeddings;
  size_t begin;
  size_t end;

  size_t size() const { return end - begin; }
};

/// Computes similarities block by block, so that searching needs memory for one block however large the matrices are.
/// Cosine and dot products go through GEMM (rows are copied, and normalised for the cosine, once a block); distances
/// through plain loops, whose result does not suffer from the cancellation of |a|^2 + |b|^2 - 2 a.b.
///
/// One score has the same bits for any number of threads and any number of query rows.
/// Thread safety: one thread at a time; the work itself runs on the thread team.
class SimilarityBlock {
 public:
  /// Rows that make a good block: the candidates' copy stays in the L2/L3 cache while many queries pass.
  static constexpr size_t kQueryRows = 256;
  static constexpr size_t kCandidateRows = 2048;

  /// `max_queries`, `max_candidates`: the largest blocks that will come.
  SimilarityBlock(SimilarityFunction function, size_t dimension, size_t max_queries, size_t max_candidates);

  /// The rows that the following calls of `score` compare with. The embeddings must outlive those calls.
  void set_candidates(const RowBlock& candidates);
  /// Scores [queries.size(), stride()], valid until the next call; columns from candidates on are meaningless.
  const float* score(const RowBlock& queries);
  size_t stride() const { return stride_; }

 private:
  bool is_product() const;
  /// Copies rows, normalised for the cosine, and zeroes what follows up to `padded` rows.
  void copy_rows(const RowBlock& rows, size_t padded, std::vector<float>& copy) const;
  void score_products(size_t queries);
  void score_distances(const RowBlock& queries);

  SimilarityFunction function_;
  size_t dimension_;
  size_t stride_;
  const float* candidate_rows_ = nullptr;
  size_t candidate_count_ = 0;
  std::vector<float> candidates_;  ///< [stride, dimension]
  std::vector<float> queries_;     ///< [padded rows, dimension]
  std::vector<float> scores_;      ///< [padded rows, stride]
};

}  // namespace sbert
