#include "base/threads.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <mutex>
#include <sched.h>
#include <string>
#include <thread>
#include <vector>

#include "base/fail.h"

#ifdef _OPENMP
#include <omp.h>
#endif

namespace sbert {
namespace {

constexpr int kMaxThreads = 1024;
/// Ranges a thread on average: enough to even out ranges of unequal cost.
constexpr int64_t kRangesPerThread = 4;

std::atomic<int> chosen_count{0};
thread_local bool inside_loop = false;

int cores_by_affinity() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

/// The CPU quota of this container, rounded up; kMaxThreads where there is none. cgroup v2, then v1.
int cores_by_quota() {
  std::string quota;
  double period = 0;
  if (std::ifstream file("/sys/fs/cgroup/cpu.max"); file >> quota >> period) {
    if (quota == "max" || period <= 0) return kMaxThreads;
    return std::max(1, static_cast<int>(std::ceil(std::atof(quota.c_str()) / period)));
  }
  double microseconds = -1;
  std::ifstream("/sys/fs/cgroup/cpu/cpu.cfs_quota_us") >> microseconds;
  std::ifstream("/sys/fs/cgroup/cpu/cpu.cfs_period_us") >> period;
  if (microseconds <= 0 || period <= 0) return kMaxThreads;
  return std::max(1, static_cast<int>(std::ceil(microseconds / period)));
}

int default_count() {
  if (const char* text = std::getenv("SBERT_THREADS"); text != nullptr && *text != '\0') {
    char* end = nullptr;
    const long value = std::strtol(text, &end, 10);
    if (*end != '\0' || value < 1 || value > kMaxThreads) {
      fail(ErrorCode::invalid_argument, "SBERT_THREADS must be a number from 1 to ", kMaxThreads, ", not '", text, "'");
    }
    return static_cast<int>(value);
  }
  return std::min(cores_by_affinity(), cores_by_quota());
}

/// Keeps the first exception of many threads.
class FirstError {
 public:
  template <class Body>
  void guard(const Body& body) {
    try {
      body();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!error_) error_ = std::current_exception();
    }
  }
  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  std::mutex mutex_;
  std::exception_ptr error_;
};

}  // namespace

int thread_count() {
  const int chosen = chosen_count.load(std::memory_order_relaxed);
  if (chosen > 0) return chosen;
  static const int count = default_count();
  return count;
}

void set_thread_count(int count) {
  if (count < 0 || count > kMaxThreads) {
    fail(ErrorCode::invalid_argument, "the number of threads must be from 1 to ", kMaxThreads, ", not ", count);
  }
  chosen_count = count;
  apply_thread_count();
}

void apply_thread_count() {
#ifdef _OPENMP
  // The library that multiplies matrices has no setting of its own; it asks OpenMP.
  if (omp_get_max_threads() != thread_count()) omp_set_num_threads(thread_count());
#endif
}

void parallel_for(int64_t count, int64_t grain, const std::function<void(int64_t, int64_t)>& body) {
  if (count <= 0) return;
  const int threads = thread_count();
  const int64_t ranges = std::min((count + grain - 1) / grain, threads * kRangesPerThread);
  if (ranges <= 1 || threads == 1 || inside_loop) return body(0, count);

  FirstError error;
  const auto run_range = [&](int64_t range) {
    inside_loop = true;
    error.guard([&] { body(count * range / ranges, count * (range + 1) / ranges); });
    inside_loop = false;
  };
#ifdef _OPENMP
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (int64_t range = 0; range < ranges; ++range)
    run_range(range);
#else
  std::atomic<int64_t> next{0};
  std::vector<std::jthread> team;  // joins when it goes out of scope, also when a thread cannot be started
  for (int i = 0; i < threads; ++i) {
    team.emplace_back([&] {
      for (int64_t range = next++; range < ranges; range = next++)
        run_range(range);
    });
  }
  team.clear();
#endif
  error.rethrow();
}

}  // namespace sbert
