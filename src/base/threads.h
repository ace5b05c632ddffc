#pragma once

#include <cstdint>
#include <functional>

namespace sbert {

/// Number of threads the library computes with: what `set_thread_count` chose, else `SBERT_THREADS`, else the cores
/// this process may really use (CPU affinity and the cgroup quota).
int thread_count();

/// Changes `thread_count()` for the whole process; 0 goes back to the default. Not to be called while work is running.
void set_thread_count(int count);

/// Tells OpenMP on the calling thread how many threads to use; whoever calls another OpenMP library does this first.
void apply_thread_count();

/// Runs `body(begin, end)` over disjoint ranges that cover [0, count), on the OpenMP team (the calling thread alone
/// when `count <= grain`, or when already inside such a loop). Returns when all ranges are done. The first exception
/// that a body throws is rethrown here. How the range is cut depends on the thread count, so a body must not reduce
/// across the items of its range: results have to be the same for any cut.
void parallel_for(int64_t count, int64_t grain, const std::function<void(int64_t begin, int64_t end)>& body);

}  // namespace sbert
