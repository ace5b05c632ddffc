#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <random>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/bfloat16.h"
#include "kernels/dispatch.h"
#include "kernels/kernel_table.h"

namespace sbert::test {

/// Sizes around the widths of vectors and unrolled loops, and some that models have.
inline const std::vector<int64_t> kSizes = {1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 255, 384, 1000};

template <class T>
std::vector<T> random_values(int64_t n, uint32_t seed, double scale = 1) {
  std::mt19937 engine(seed);
  std::uniform_real_distribution<double> uniform(-scale, scale);
  std::vector<T> values(static_cast<size_t>(n));
  for (T& v : values)
    v = static_cast<T>(uniform(engine));
  return values;
}

/// Memory that starts `offset` elements after a 64-byte boundary, is filled with NaN (so that reading what was never
/// written shows) and is followed by guard elements, which `guard_is_intact` looks at.
template <class T>
class Buffer {
 public:
  explicit Buffer(int64_t n, int64_t offset = 1) : size_(n), storage_(static_cast<size_t>(n + offset + 2 * kGuard)) {
    std::memset(storage_.data(), 0xff, storage_.size() * sizeof(T));
    const auto address = reinterpret_cast<uintptr_t>(storage_.data() + kGuard);
    data_ = storage_.data() + kGuard + (kGuard - address / sizeof(T) % kGuard) % kGuard + offset;
    data_ = std::min(data_, storage_.data() + storage_.size() - kGuard / 2 - n);
  }
  Buffer(const std::vector<T>& values, int64_t offset = 1) : Buffer(static_cast<int64_t>(values.size()), offset) {
    std::memcpy(data_, values.data(), values.size() * sizeof(T));
  }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  T* data() { return data_; }
  const T* data() const { return data_; }
  operator T*() { return data_; }
  T& operator[](int64_t i) { return data_[i]; }
  const T& operator[](int64_t i) const { return data_[i]; }
  int64_t size() const { return size_; }
  std::vector<T> values() const { return std::vector<T>(data_, data_ + size_); }
  bool guard_is_intact() const {
    const auto is_untouched = [](const T* begin, const T* end) {
      for (auto* byte = reinterpret_cast<const unsigned char*>(begin);
           byte != reinterpret_cast<const unsigned char*>(end); ++byte) {
        if (*byte != 0xff) return false;
      }
      return true;
    };
    return is_untouched(storage_.data(), data_) && is_untouched(data_ + size_, storage_.data() + storage_.size());
  }

 private:
  static constexpr int64_t kGuard = 64;
  int64_t size_;
  std::vector<T> storage_;
  T* data_ = nullptr;
};

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

/// |actual - expected| <= tolerance for each element; NaN is never close.
template <class T>
void expect_close(const T* actual, const std::vector<double>& expected, double tolerance, const std::string& what) {
  for (size_t i = 0; i < expected.size(); ++i) {
    const double value = static_cast<double>(actual[i]);
    ASSERT_LE(std::abs(value - expected[i]), tolerance) << what << " [" << i << "]: " << value << " vs " << expected[i];
  }
}

inline constexpr double kFloatEpsilon = std::numeric_limits<float>::epsilon();

/// A test run with every kernel table this CPU has.
class KernelTest : public ::testing::TestWithParam<const KernelTable<float>*> {
 protected:
  const KernelTable<float>& table() const { return *GetParam(); }
};

inline std::string table_name(const ::testing::TestParamInfo<const KernelTable<float>*>& info) {
  return info.param->name;
}

/// Compares a backward pass with central differences, both in double: `gradient` must be the derivative of
/// sum_k weight_k y_k with respect to each element of x, where `forward` makes y from the present x.
inline void expect_gradient(std::span<double> x, const std::function<std::vector<double>()>& forward,
                            std::span<const double> weight, std::span<const double> gradient, const std::string& what) {
  constexpr double kStep = 1e-5;
  const auto objective = [&] {
    const std::vector<double> y = forward();
    double sum = 0;
    for (size_t k = 0; k < y.size(); ++k)
      sum += weight[k] * y[k];
    return sum;
  };
  for (size_t i = 0; i < x.size(); ++i) {
    const double kept = x[i];
    x[i] = kept + kStep;
    const double above = objective();
    x[i] = kept - kStep;
    const double below = objective();
    x[i] = kept;
    const double numeric = (above - below) / (2 * kStep);
    ASSERT_NEAR(gradient[i], numeric, 1e-7 * (1 + std::abs(numeric))) << what << " [" << i << "]";
  }
}

}  // namespace sbert::test

/// Runs the tests of `suite` with each table.
#define SBERT_FOR_EACH_KERNEL_TABLE(suite) \
  INSTANTIATE_TEST_SUITE_P(Isa, suite, ::testing::ValuesIn(sbert::available_kernels()), sbert::test::table_name)
