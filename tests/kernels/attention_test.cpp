#include <algorithm>

#include "kernels/kernel_test.h"

namespace sbert::test {
namespace {

struct Shape {
  int64_t length;
  int64_t head_size;
};
const std::vector<Shape> kShapes = {{1, 32},  {2, 8},   {3, 20},  {7, 32},   {15, 64},  {16, 32},  {17, 32},
                                    {20, 32}, {23, 33}, {24, 64}, {25, 1},   {31, 32},  {33, 64},  {40, 64},
                                    {49, 48}, {64, 17}, {65, 32}, {100, 64}, {128, 32}, {257, 40}, {513, 64}};

enum class Bias {
  none,
  matrix,    ///< any [length, length]
  distances  ///< a function of j - i, from -(length - 1) to length - 1
};
constexpr Bias kBiases[] = {Bias::none, Bias::matrix, Bias::distances};

int64_t bias_size(Bias kind, int64_t length) {
  return kind == Bias::distances ? 2 * length - 1 : length * length;
}

/// A fused projection [length, 3 * head_size + gap] in one block, as a model lays it out.
template <class T>
struct Problem {
  Problem(Shape shape, Bias kind, float dropout, uint32_t seed = 1, int64_t gap = 5)
      : stride(3 * shape.head_size + gap),
        out_stride(shape.head_size + 3),
        qkv(random_values<T>(shape.length * stride, seed, 2)),
        bias(random_values<T>(bias_size(kind, shape.length), seed + 1)),
        dout(random_values<T>(shape.length * out_stride, seed + 2)) {
    head.q = qkv.data();
    head.k = qkv.data() + shape.head_size;
    head.v = qkv.data() + 2 * shape.head_size;
    head.row_stride = stride;
    head.length = shape.length;
    head.head_size = shape.head_size;
    head.scale = static_cast<T>(1 / std::sqrt(static_cast<double>(shape.head_size)));
    if (kind != Bias::none) head.bias = bias.data() + bias_zero(kind, shape.length);
    head.bias_stride = kind == Bias::distances ? -1 : shape.length;
    head.dropout = {dropout, 42, 7};
    head.dropout_index = 12345;
  }
  /// Where the bias of query 0 and key 0 is.
  static int64_t bias_zero(Bias kind, int64_t length) { return kind == Bias::distances ? length - 1 : 0; }

  int64_t stride;
  int64_t out_stride;
  Buffer<T> qkv;
  Buffer<T> bias;
  Buffer<T> dout;
  AttentionHead<T> head;
};

template <class T>
struct Result {
  Result(const Problem<T>& p) : out(p.head.length * p.out_stride), logsumexp(p.head.length) {}
  Buffer<T> out;
  Buffer<T> logsumexp;
};

template <class T>
void run_forward(const KernelTable<T>& table, const Problem<T>& p, Result<T>& result) {
  Buffer<T> scratch(table.attention_scratch(p.head.length, p.head.head_size), 3);
  table.attention(p.head, result.out, nullptr, p.out_stride, result.logsumexp, scratch);
  ASSERT_TRUE(scratch.guard_is_intact());
  ASSERT_TRUE(result.out.guard_is_intact());
}

std::vector<double> dropout_factors(const DropoutMask& mask, uint64_t index, int64_t n) {
  std::vector<double> ones(static_cast<size_t>(n), 1.0);
  std::vector<double> factors(ones.size());
  generic_kernels<double>().dropout(ones.data(), n, mask, index, factors.data());
  return factors;
}

/// The definition, in double.
template <class T>
void reference(const Problem<T>& p, std::vector<double>& out, std::vector<double>& logsumexp) {
  const auto& h = p.head;
  out.assign(static_cast<size_t>(h.length * h.head_size), 0);
  logsumexp.assign(static_cast<size_t>(h.length), 0);
  for (int64_t i = 0; i < h.length; ++i) {
    std::vector<double> s(static_cast<size_t>(h.length), 0);
    for (int64_t j = 0; j < h.length; ++j) {
      double sum = 0;
      for (int64_t c = 0; c < h.head_size; ++c) {
        sum += static_cast<double>(h.q[i * h.row_stride + c]) * static_cast<double>(h.k[j * h.row_stride + c]);
      }
      s[j] = sum * static_cast<double>(h.scale) + (h.bias ? static_cast<double>(h.bias[i * h.bias_stride + j]) : 0);
    }
    const double highest = *std::max_element(s.begin(), s.end());
    double sum = 0;
    for (double& v : s)
      sum += v = std::exp(v - highest);
    logsumexp[i] = highest + std::log(sum);
    const auto factors = dropout_factors(h.dropout, h.dropout_index + static_cast<uint64_t>(i * h.length), h.length);
    for (int64_t j = 0; j < h.length; ++j) {
      for (int64_t c = 0; c < h.head_size; ++c) {
        out[i * h.head_size + c] += s[j] / sum * factors[j] * static_cast<double>(h.v[j * h.row_stride + c]);
      }
    }
  }
}

using Attention = KernelTest;
SBERT_FOR_EACH_KERNEL_TABLE(Attention);

TEST_P(Attention, EqualsItsDefinition) {
  for (const Shape shape : kShapes) {
    for (const Bias bias : kBiases) {
      for (const float dropout : {0.f, 0.3f}) {
        const Problem<float> p(shape, bias, dropout);
        Result<float> result(p);
        run_forward(table(), p, result);
        std::vector<double> out, logsumexp;
        reference(p, out, logsumexp);
        const std::string what = std::to_string(shape.length) + "x" + std::to_string(shape.head_size);
        // Scores up to 4 sqrt(d) carry the rounding of d products; exp turns it into a relative error of the weights.
        const double tolerance = kFloatEpsilon * (16 + 4 * std::sqrt(static_cast<double>(shape.head_size))) * 2;
        expect_close(result.logsumexp.data(), logsumexp, tolerance * 4, what);
        for (int64_t i = 0; i < shape.length; ++i) {
          const std::vector<double> row(out.begin() + i * shape.head_size, out.begin() + (i + 1) * shape.head_size);
          expect_close(result.out.data() + i * p.out_stride, row, tolerance, what);
        }
      }
    }
  }
}

TEST_P(Attention, RoundedOutputIsTheRoundedOutput) {
  for (const Shape shape : kShapes) {
    const Problem<float> p(shape, Bias::none, 0);
    Result<float> result(p);
    run_forward(table(), p, result);
    Buffer<BFloat16> rounded(p.head.length * p.out_stride);
    Buffer<float> scratch(table().attention_scratch(shape.length, shape.head_size));
    table().attention(p.head, nullptr, rounded, p.out_stride, nullptr, scratch);
    ASSERT_TRUE(rounded.guard_is_intact());
    for (int64_t i = 0; i < shape.length; ++i) {
      for (int64_t c = 0; c < shape.head_size; ++c) {
        ASSERT_EQ(rounded[i * p.out_stride + c].bits, to_bfloat16(result.out[i * p.out_stride + c]).bits);
      }
    }
  }
}

TEST_P(Attention, DoesNotDependOnAddressOrStride) {
  for (const Shape shape : kShapes) {
    const Problem<float> here(shape, Bias::matrix, 0.1f, 1, 5);
    Problem<float> there(shape, Bias::matrix, 0.1f, 1, 77);
    for (int64_t i = 0; i < shape.length; ++i) {
      std::copy_n(here.head.q + i * here.stride, 3 * shape.head_size, there.qkv.data() + i * there.stride);
    }
    Result<float> a(here), b(there);
    run_forward(table(), here, a);
    run_forward(table(), there, b);
    EXPECT_TRUE(same_bits(a.out.values(), b.out.values()));
    EXPECT_TRUE(same_bits(a.logsumexp.values(), b.logsumexp.values()));
  }
}

TEST_P(Attention, NanStaysInItsRow) {
  Problem<float> p({20, 32}, Bias::none, 0);
  const_cast<float*>(p.head.q)[3 * p.stride + 2] = std::numeric_limits<float>::quiet_NaN();
  Result<float> result(p);
  run_forward(table(), p, result);
  for (int64_t i = 0; i < 20; ++i) {
    for (int64_t c = 0; c < 32; ++c)
      EXPECT_EQ(std::isnan(result.out[i * p.out_stride + c]), i == 3);
  }
}

TEST_P(Attention, HugeScoresDoNotOverflow) {
  Problem<float> p({20, 32}, Bias::none, 0);
  for (int64_t i = 0; i < p.qkv.size(); ++i)
    p.qkv[i] *= 100;
  Result<float> result(p);
  run_forward(table(), p, result);
  for (int64_t i = 0; i < 20; ++i) {
    for (int64_t c = 0; c < 32; ++c)
      EXPECT_LE(std::abs(result.out[i * p.out_stride + c]), 200.1f);
  }
}

template <class T>
struct Gradients {
  Gradients(const Problem<T>& p)
      : q(p.head.length * p.stride),
        k(p.head.length * p.stride),
        v(p.head.length * p.stride),
        bias(std::vector<T>(static_cast<size_t>(p.bias.size()), T{0})) {}
  Buffer<T> q, k, v, bias;
};

template <class T>
void run_backward(const KernelTable<T>& table, const Problem<T>& p, const Result<T>& result, Gradients<T>& gradients) {
  Buffer<T> scratch(table.attention_scratch(p.head.length, p.head.head_size), 3);
  T* dbias = p.head.bias ? gradients.bias.data() + (p.head.bias - p.bias.data()) : nullptr;
  table.attention_backward(p.head, result.out.data(), p.dout.data(), p.out_stride, result.logsumexp.data(), gradients.q,
                           gradients.k, gradients.v, p.stride, dbias, scratch);
  ASSERT_TRUE(scratch.guard_is_intact());
  ASSERT_TRUE(gradients.q.guard_is_intact() && gradients.k.guard_is_intact() && gradients.v.guard_is_intact() &&
              gradients.bias.guard_is_intact());
}

TEST(AttentionBackward, EqualsCentralDifferences) {
  const auto& table = generic_kernels<double>();
  for (const Shape shape : {Shape{1, 4}, Shape{3, 5}, Shape{9, 4}, Shape{27, 3}}) {
    for (const Bias bias : kBiases) {
      for (const float dropout : {0.f, 0.25f}) {
        Problem<double> p(shape, bias, dropout);
        const auto forward = [&] {
          Result<double> r(p);
          run_forward(table, p, r);
          std::vector<double> y;
          for (int64_t i = 0; i < shape.length; ++i) {
            y.insert(y.end(), r.out.data() + i * p.out_stride, r.out.data() + i * p.out_stride + shape.head_size);
          }
          return y;
        };
        std::vector<double> weight;
        for (int64_t i = 0; i < shape.length; ++i) {
          weight.insert(weight.end(), p.dout.data() + i * p.out_stride,
                        p.dout.data() + i * p.out_stride + shape.head_size);
        }
        Result<double> result(p);
        run_forward(table, p, result);
        Gradients<double> gradients(p);
        run_backward(table, p, result, gradients);

        const auto width = static_cast<size_t>(shape.head_size);
        const std::pair<const double*, const double*> inputs[] = {
            {p.head.q, gradients.q.data()}, {p.head.k, gradients.k.data()}, {p.head.v, gradients.v.data()}};
        for (const auto& [x, gradient] : inputs) {
          for (int64_t i = 0; i < shape.length; ++i) {
            expect_gradient({const_cast<double*>(x) + i * p.stride, width}, forward, weight,
                            {gradient + i * p.stride, width}, "token " + std::to_string(i));
          }
        }
        if (bias != Bias::none) {
          const auto n = static_cast<size_t>(p.bias.size());
          expect_gradient({p.bias.data(), n}, forward, weight, {gradients.bias.data(), n}, "bias");
        }
      }
    }
  }
}

void expect_backward_equals_double(const KernelTable<float>& table, Shape shape, Bias bias) {
  const Problem<float> p(shape, bias, 0.1f);
  Problem<double> exact(shape, bias, 0.1f);
  for (int64_t i = 0; i < p.qkv.size(); ++i)
    exact.qkv[i] = p.qkv[i];
  for (int64_t i = 0; i < p.bias.size(); ++i)
    exact.bias[i] = p.bias[i];
  for (int64_t i = 0; i < p.dout.size(); ++i)
    exact.dout[i] = p.dout[i];
  exact.head.scale = p.head.scale;

  Result<float> result(p);
  Result<double> exact_result(exact);
  run_forward(table, p, result);
  run_forward(generic_kernels<double>(), exact, exact_result);
  Gradients<float> gradients(p);
  Gradients<double> expected(exact);
  run_backward(table, p, result, gradients);
  run_backward(generic_kernels<double>(), exact, exact_result, expected);

  const double tolerance = 200 * kFloatEpsilon * std::sqrt(static_cast<double>(shape.head_size));
  for (int64_t i = 0; i < shape.length; ++i) {
    for (int64_t c = 0; c < shape.head_size; ++c) {
      const int64_t at = i * p.stride + c;
      ASSERT_NEAR(gradients.q[at], expected.q[at], tolerance) << shape.length << "x" << shape.head_size;
      ASSERT_NEAR(gradients.k[at], expected.k[at], tolerance) << shape.length << "x" << shape.head_size;
      ASSERT_NEAR(gradients.v[at], expected.v[at], tolerance) << shape.length << "x" << shape.head_size;
    }
  }
  for (int64_t i = 0; i < p.bias.size(); ++i)
    ASSERT_NEAR(gradients.bias[i], expected.bias[i], tolerance);
}

TEST_P(Attention, BackwardEqualsDouble) {
  for (const Shape shape : kShapes) {
    for (const Bias bias : {Bias::matrix, Bias::distances})
      expect_backward_equals_double(table(), shape, bias);
  }
}

TEST(AttentionScratch, GrowsLinearlyWithLength) {
  const auto scratch = kernels<float>().attention_scratch;
  EXPECT_LE(scratch(8192, 64), 8192 * (6 * 64 + 3 * 64));
  EXPECT_GE(scratch(1, 1), 1);
}

}  // namespace
}  // namespace sbert::test
