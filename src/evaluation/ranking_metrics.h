#pragma once

#include <cstddef>
#include <vector>

namespace sbert::evaluation {

/// One query's ranked documents, seen through binary relevance.
struct Ranking {
  std::vector<bool> relevant;  ///< relevant[r]: is the document at rank r (0-based, best first) relevant?
  size_t relevant_total = 0;   ///< relevant documents in the whole corpus; at least 1
};

// Metrics at cutoff k >= 1 of one query, as in the InformationRetrievalEvaluator of sentence-transformers; rankings
// shorter than k count as if nothing relevant followed.

/// 1 if any of the first k is relevant.
double accuracy_at(const Ranking& ranking, size_t k);
/// |relevant in first k| / k
double precision_at(const Ranking& ranking, size_t k);
/// |relevant in first k| / relevant_total
double recall_at(const Ranking& ranking, size_t k);
/// 1 / rank of the first relevant document, 0 if it is not among the first k
double reciprocal_rank_at(const Ranking& ranking, size_t k);
/// DCG / ideal DCG with DCG = sum_{r=1..k} rel_r / log2(r + 1)  (Jarvelin & Kekalainen 2002)
double ndcg_at(const Ranking& ranking, size_t k);
/// sum over relevant ranks r <= k of precision_at(r), over min(k, relevant_total)
double average_precision_at(const Ranking& ranking, size_t k);

}  // namespace sbert::evaluation
