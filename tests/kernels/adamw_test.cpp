#include "kernels/kernel_test.h"

namespace sbert::test {
namespace {

/// torch.optim.AdamW, one parameter at a time, in double.
struct Reference {
  double p, m = 0, v = 0;
  void step(double g, int t, double lr, double beta1, double beta2, double epsilon, double weight_decay) {
    p -= lr * weight_decay * p;
    m = beta1 * m + (1 - beta1) * g;
    v = beta2 * v + (1 - beta2) * g * g;
    const double denominator = std::sqrt(v) / std::sqrt(1 - std::pow(beta2, t)) + epsilon;
    p -= lr / (1 - std::pow(beta1, t)) * m / denominator;
  }
};

using AdamW = KernelTest;
SBERT_FOR_EACH_KERNEL_TABLE(AdamW);

template <class T>
typename KernelTable<T>::AdamW step_of(int t, T weight_decay, T grad_scale) {
  return {T(1e-2),
          T(0.9),
          T(0.999),
          T(1e-8),
          weight_decay,
          static_cast<T>(1 - std::pow(0.9, t)),
          static_cast<T>(1 - std::pow(0.999, t)),
          grad_scale};
}

TEST_P(AdamW, FollowsTheReference) {
  for (const int64_t n : kSizes) {
    Buffer<float> p(random_values<float>(n, 1));
    Buffer<float> m(std::vector<float>(static_cast<size_t>(n), 0.f)),
        v(std::vector<float>(static_cast<size_t>(n), 0.f));
    Buffer<BFloat16> shadow(n, 3);
    std::vector<Reference> expected;
    for (int64_t i = 0; i < n; ++i)
      expected.push_back({double(p[i])});
    for (int t = 1; t <= 10; ++t) {
      const Buffer<float> grad(random_values<float>(n, 100 + static_cast<uint32_t>(t)));
      table().adamw(step_of<float>(t, 0.1f, 0.5f), n, p, grad.data(), m, v, shadow);
      for (int64_t i = 0; i < n; ++i) {
        expected[i].step(0.5 * double(grad[i]), t, 1e-2, 0.9, 0.999, 1e-8, 0.1);
        ASSERT_NEAR(p[i], expected[i].p, 3e-6);
        ASSERT_NEAR(m[i], expected[i].m, 1e-6);
        ASSERT_NEAR(v[i], expected[i].v, 1e-6);
        ASSERT_EQ(shadow[i].bits, to_bfloat16(p[i]).bits);
      }
    }
    EXPECT_TRUE(p.guard_is_intact() && m.guard_is_intact() && v.guard_is_intact() && shadow.guard_is_intact());
  }
}

TEST(AdamWDouble, EqualsTheReference) {
  constexpr int64_t kCount = 37;
  Buffer<double> p(random_values<double>(kCount, 1));
  Buffer<double> m(std::vector<double>(kCount, 0.0)), v(std::vector<double>(kCount, 0.0));
  std::vector<Reference> expected;
  for (int64_t i = 0; i < kCount; ++i)
    expected.push_back({p[i]});
  for (int t = 1; t <= 50; ++t) {
    const Buffer<double> grad(random_values<double>(kCount, 100 + static_cast<uint32_t>(t)));
    generic_kernels<double>().adamw(step_of<double>(t, 0.01, 1), kCount, p, grad.data(), m, v, nullptr);
    for (int64_t i = 0; i < kCount; ++i) {
      expected[i].step(grad[i], t, 1e-2, 0.9, 0.999, 1e-8, 0.01);
      ASSERT_NEAR(p[i], expected[i].p, 1e-13);
    }
  }
}

TEST_P(AdamW, DoesNotDependOnHowParametersAreCut) {
  constexpr int64_t kCount = 1000;
  const std::vector<float> start = random_values<float>(kCount, 1), zeros(kCount, 0.f);
  const Buffer<float> grad(random_values<float>(kCount, 2));
  Buffer<float> p(start), m(zeros), v(zeros), p_parts(start, 5), m_parts(zeros, 6), v_parts(zeros, 7);
  const auto step = step_of<float>(1, 0.1f, 1.f);
  table().adamw(step, kCount, p, grad.data(), m, v, nullptr);
  for (int64_t begin = 0, size = 1; begin < kCount; begin += size, size = 2 * size + 1) {
    const int64_t n = std::min(size, kCount - begin);
    table().adamw(step, n, p_parts + begin, grad.data() + begin, m_parts + begin, v_parts + begin, nullptr);
  }
  EXPECT_TRUE(same_bits(p.values(), p_parts.values()));
  EXPECT_TRUE(same_bits(m.values(), m_parts.values()));
  EXPECT_TRUE(same_bits(v.values(), v_parts.values()));
}

}  // namespace
}  // namespace sbert::test
