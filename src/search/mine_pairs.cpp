#include <algorithm>
#include <mutex>

#include <sbert/search.h>

#include "base/threads.h"
#include "model/similarity_block.h"
#include "search/top_pairs.h"

namespace sbert {

namespace {

/// Adds the pairs (first, second) with first < second of one block of scores that may still enter `best`. In which
/// order threads deliver does not matter: TopPairs orders totally.
void collect(const float* scores, size_t stride, const RowBlock& rows, const RowBlock& columns, TopPairs& best) {
  const float threshold = best.threshold();
  std::mutex mutex;
  parallel_for(static_cast<int64_t>(rows.size()), 16, [&](int64_t begin, int64_t end) {
    std::vector<MinedPair> found;
    for (size_t i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i) {
      const size_t first = rows.begin + i;
      const float* row = scores + i * stride;
      for (size_t second = std::max(columns.begin, first + 1); second < columns.end; ++second) {
        const float score = row[second - columns.begin];
        if (score >= threshold) found.push_back({score, first, second});
      }
    }
    const std::lock_guard lock(mutex);
    best.offer(found);
  });
}

}  // namespace

std::vector<MinedPair> mine_pairs(const Embeddings& embeddings, size_t top_n, SimilarityFunction function) {
  const size_t rows = embeddings.rows();
  if (rows < 2 || top_n == 0) return {};
  // The number of pairs overflows only for matrices that fit in no memory.
  TopPairs best(std::min(top_n, rows * (rows - 1) / 2));
  const size_t query_rows = std::min(rows, SimilarityBlock::kQueryRows);
  const size_t candidate_rows = std::min(rows, SimilarityBlock::kCandidateRows);
  SimilarityBlock block(function, embeddings.dimension(), query_rows, candidate_rows);
  for (size_t j = 0; j < rows; j += candidate_rows) {
    const RowBlock columns{embeddings, j, std::min(rows, j + candidate_rows)};
    block.set_candidates(columns);
    // Only the blocks that touch the upper triangle: first < second.
    for (size_t i = 0; i < columns.end; i += query_rows) {
      const RowBlock queries{embeddings, i, std::min(columns.end, i + query_rows)};
      collect(block.score(queries), block.stride(), queries, columns, best);
    }
  }
  return best.take();
}

}  // namespace sbert
