#include "model/similarity_block.h"

#include <algorithm>
#include <cassert>

#include "base/threads.h"
#include "kernels/gemm.h"
#include "model/distance.h"

namespace sbert {

namespace {

size_t padded(size_t rows) {
  return static_cast<size_t>(padded_rows(static_cast<int64_t>(rows)));
}

}  // namespace

SimilarityBlock::SimilarityBlock(SimilarityFunction function, size_t dimension, size_t max_queries,
                                 size_t max_candidates)
    : function_(function), dimension_(dimension), stride_(max_candidates) {
  if (is_product()) {
    candidates_.resize(stride_ * dimension_);
    queries_.resize(padded(max_queries) * dimension_);
  }
  scores_.resize(padded(max_queries) * stride_);
}

bool SimilarityBlock::is_product() const {
  return function_ == SimilarityFunction::cosine || function_ == SimilarityFunction::dot;
}

void SimilarityBlock::copy_rows(const RowBlock& rows, size_t padded_count, std::vector<float>& copy) const {
  assert(rows.size() <= padded_count && padded_count * dimension_ <= copy.size());
  parallel_for(static_cast<int64_t>(rows.size()), 64, [&](int64_t begin, int64_t end) {
    for (size_t i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i) {
      const float* from = rows.embeddings[rows.begin + i].data();
      float* to = copy.data() + i * dimension_;
      if (function_ == SimilarityFunction::cosine) {
        const double scale = 1 / safe_length(from, dimension_);
        std::transform(from, from + dimension_, to, [scale](float x) { return static_cast<float>(x * scale); });
      } else {
        std::copy_n(from, dimension_, to);
      }
    }
  });
  std::fill(copy.begin() + static_cast<std::ptrdiff_t>(rows.size() * dimension_),
            copy.begin() + static_cast<std::ptrdiff_t>(padded_count * dimension_), 0.0f);
}

void SimilarityBlock::set_candidates(const RowBlock& candidates) {
  assert(candidates.size() <= stride_);
  candidate_rows_ = candidates.embeddings.data() + candidates.begin * dimension_;
  candidate_count_ = candidates.size();
  // All columns are always computed: the GEMM's order of summation may depend on their number.
  if (is_product()) copy_rows(candidates, stride_, candidates_);
}

const float* SimilarityBlock::score(const RowBlock& queries) {
  if (is_product()) {
    copy_rows(queries, padded(queries.size()), queries_);
    score_products(queries.size());
  } else {
    score_distances(queries);
  }
  return scores_.data();
}

void SimilarityBlock::score_products(size_t queries) {
  Gemm call;
  call.m = static_cast<int64_t>(queries);
  call.n = static_cast<int64_t>(stride_);
  call.k = static_cast<int64_t>(dimension_);
  call.a = queries_.data();
  call.b = candidates_.data();
  call.transpose_b = true;
  call.c = scores_.data();
  gemm(call);
}

void SimilarityBlock::score_distances(const RowBlock& queries) {
  const auto distance = function_ == SimilarityFunction::euclidean ? euclidean_distance : manhattan_distance;
  parallel_for(static_cast<int64_t>(queries.size()), 1, [&](int64_t begin, int64_t end) {
    for (size_t i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i) {
      const float* query = queries.embeddings[queries.begin + i].data();
      float* row = scores_.data() + i * stride_;
      for (size_t j = 0; j < candidate_count_; ++j) {
        row[j] = -distance(query, candidate_rows_ + j * dimension_, dimension_);
      }
    }
  });
}

}  // namespace sbert
