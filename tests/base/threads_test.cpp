#include "base/threads.h"

#include <atomic>
#include <cstdlib>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include <sbert/error.h>

#include "support/errors.h"

namespace sbert {
namespace {

/// Sets the number of threads for one test.
class Threads {
 public:
  explicit Threads(int count) { set_thread_count(count); }
  ~Threads() { set_thread_count(0); }
};

TEST(ParallelFor, CoversTheRangeExactlyOnce) {
  for (const int threads : {1, 2, 5}) {
    const Threads scope(threads);
    for (const int64_t count : {0, 1, 2, 7, 64, 1000}) {
      for (const int64_t grain : {1, 3, 100, 5000}) {
        std::vector<std::atomic<int>> visits(static_cast<size_t>(count));
        parallel_for(count, grain, [&](int64_t begin, int64_t end) {
          ASSERT_LE(0, begin);
          ASSERT_LT(begin, end);
          ASSERT_LE(end, count);
          for (int64_t i = begin; i < end; ++i)
            ++visits[static_cast<size_t>(i)];
        });
        for (const auto& visited : visits)
          ASSERT_EQ(visited, 1) << threads << " threads, " << count << " items, grain " << grain;
      }
    }
  }
}

TEST(ParallelFor, SmallWorkStaysOnTheCallingThread) {
  const Threads scope(4);
  int calls = 0;
  parallel_for(100, 100, [&](int64_t begin, int64_t end) {
    EXPECT_EQ(begin, 0);
    EXPECT_EQ(end, 100);
    ++calls;
  });
  EXPECT_EQ(calls, 1);
}

TEST(ParallelFor, RethrowsTheExceptionOfABody) {
  for (const int threads : {1, 4}) {
    const Threads scope(threads);
    const auto run = [](int64_t bad) {
      parallel_for(1000, 1, [bad](int64_t begin, int64_t end) {
        if (begin <= bad && bad < end) throw std::out_of_range("item " + std::to_string(bad));
      });
    };
    EXPECT_THROW(run(0), std::out_of_range);
    EXPECT_THROW(run(999), std::out_of_range);
    EXPECT_NO_THROW(run(1000));
  }
  const Threads scope(4);
  EXPECT_THROW(parallel_for(1000, 1, [](int64_t, int64_t) { throw Error(ErrorCode::io, "all of them"); }), Error);
}

TEST(ParallelFor, NestedLoopsRunInsideOneThread) {
  const Threads scope(4);
  std::atomic<int64_t> sum{0};
  std::atomic<int> inner_calls{0};
  parallel_for(16, 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      parallel_for(100, 1, [&](int64_t from, int64_t to) {
        ++inner_calls;
        for (int64_t j = from; j < to; ++j)
          sum += j;
      });
    }
  });
  EXPECT_EQ(sum, 16 * 4950);
  EXPECT_EQ(inner_calls, 16) << "an inner loop is not cut again";
}

TEST(ParallelFor, AfterAnExceptionLoopsStillRunOnTheTeam) {
  const Threads scope(4);
  EXPECT_THROW(parallel_for(100, 1, [](int64_t, int64_t) { throw std::runtime_error("x"); }), std::runtime_error);
  std::atomic<int> calls{0};
  parallel_for(100, 1, [&](int64_t, int64_t) { ++calls; });
  EXPECT_GT(calls, 1);
}

TEST(ThreadCount, CanBeChosenAndGivenBack) {
  const int usual = thread_count();
  EXPECT_GE(usual, 1);
  set_thread_count(3);
  EXPECT_EQ(thread_count(), 3);
  set_thread_count(0);
  EXPECT_EQ(thread_count(), usual);
  for (const int wrong : {-1, 1025}) {
    test::expect_error([&] { set_thread_count(wrong); }, ErrorCode::invalid_argument, {std::to_string(wrong)});
  }
  EXPECT_EQ(thread_count(), usual);
}

/// Exits 0 if SBERT_THREADS=`value` gives `expected` threads; an expected 0 stands for an error that quotes the value.
/// The default is found once in a process, so this runs in its own.
[[noreturn]] void check_environment(const char* value, int expected) {
  setenv("SBERT_THREADS", value, 1);
  try {
    std::exit(thread_count() == expected ? 0 : 1);
  } catch (const Error& error) {
    const std::string quoted = "'" + std::string(value) + "'";
    std::exit(expected == 0 && std::string(error.what()).find(quoted) != std::string::npos ? 0 : 2);
  }
}

TEST(ThreadCountDeathTest, ComesFromTheEnvironment) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(check_environment("7", 7), testing::ExitedWithCode(0), "");
  for (const char* wrong : {"0", "-2", "many", "3x", "1025", "99999999999999999999"}) {
    EXPECT_EXIT(check_environment(wrong, 0), testing::ExitedWithCode(0), "") << wrong;
  }
}

}  // namespace
}  // namespace sbert
