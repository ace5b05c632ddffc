#include <algorithm>

#include <sbert/search.h>

#include "base/fail.h"
#include "base/threads.h"
#include "model/similarity_block.h"
#include "search/top_hits.h"

namespace sbert {

std::vector<std::vector<SearchHit>> semantic_search(const Embeddings& queries, const Embeddings& corpus, size_t top_k,
                                                    SimilarityFunction function) {
  if (queries.empty() || corpus.empty() || top_k == 0) return std::vector<std::vector<SearchHit>>(queries.rows());
  if (queries.dimension() != corpus.dimension()) {
    fail(ErrorCode::invalid_argument, "queries have ", queries.dimension(), " dimensions and the corpus ",
         corpus.dimension(), ": both must come from the same model");
  }
  std::vector<TopHits> best(queries.rows(), TopHits(std::min(top_k, corpus.rows())));
  const size_t query_rows = std::min(queries.rows(), SimilarityBlock::kQueryRows);
  const size_t candidate_rows = std::min(corpus.rows(), SimilarityBlock::kCandidateRows);
  SimilarityBlock block(function, queries.dimension(), query_rows, candidate_rows);
  for (size_t j = 0; j < corpus.rows(); j += candidate_rows) {
    const size_t j_end = std::min(corpus.rows(), j + candidate_rows);
    block.set_candidates({corpus, j, j_end});
    for (size_t i = 0; i < queries.rows(); i += query_rows) {
      const size_t count = std::min(queries.rows() - i, query_rows);
      const float* scores = block.score({queries, i, i + count});
      parallel_for(static_cast<int64_t>(count), 1, [&](int64_t begin, int64_t end) {
        for (size_t row = static_cast<size_t>(begin); row < static_cast<size_t>(end); ++row) {
          best[i + row].offer(scores + row * block.stride(), j_end - j, j);
        }
      });
    }
  }
  std::vector<std::vector<SearchHit>> result;
  result.reserve(best.size());
  for (TopHits& hits : best)
    result.push_back(hits.take());
  return result;
}

}  // namespace sbert
