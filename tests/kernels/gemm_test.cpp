#include "kernels/gemm.h"

#include <string>

#include "base/threads.h"
#include "kernels/kernel_test.h"

namespace sbert::test {
namespace {

struct Shape {
  int64_t n, k;
};
const std::vector<Shape> kShapes{{1, 5}, {7, 33}, {384, 384}, {1152, 384}, {384, 1536}};

std::vector<BFloat16> rounded(const std::vector<float>& values) {
  std::vector<BFloat16> result;
  for (const float value : values)
    result.push_back(to_bfloat16(value));
  return result;
}

/// x, w and bias of y = x w^T + bias.
struct Layer {
  Layer(Shape of, int64_t rows)
      : shape(of),
        x(random_values<float>(rows * of.k, 1)),
        w(random_values<float>(of.n * of.k, 2)),
        bias(random_values<float>(of.n, 3)) {}

  /// The first `m` rows of y.
  std::vector<float> multiply(int64_t m, DType input = DType::f32, Epilogue epilogue = Epilogue::none) const {
    std::vector<float> y(static_cast<size_t>(m * shape.n));
    const auto short_x = rounded(x), short_w = rounded(w);
    const bool half = input == DType::bf16;
    gemm({.m = m,
          .n = shape.n,
          .k = shape.k,
          .input = input,
          .a = half ? static_cast<const void*>(short_x.data()) : x.data(),
          .b = half ? static_cast<const void*>(short_w.data()) : w.data(),
          .transpose_b = true,
          .c = y.data(),
          .bias = bias.data(),
          .epilogue = epilogue});
    return y;
  }

  Shape shape;
  std::vector<float> x, w, bias;
};

TEST(Gemm, EqualsItsDefinition) {
  constexpr int64_t kRows = 19;
  for (const Shape& shape : kShapes) {
    const Layer layer(shape, kRows);
    const auto y = layer.multiply(kRows);
    for (int64_t row = 0; row < kRows; ++row) {
      for (int64_t column = 0; column < shape.n; ++column) {
        double sum = layer.bias[column], size = std::abs(sum);
        for (int64_t i = 0; i < shape.k; ++i) {
          const double product = double(layer.x[row * shape.k + i]) * layer.w[column * shape.k + i];
          sum += product;
          size += std::abs(product);
        }
        ASSERT_NEAR(y[row * shape.n + column], sum, size * kFloatEpsilon * 8) << shape.n << ' ' << shape.k;
      }
    }
  }
}

TEST(Gemm, TransposesAndAccumulates) {
  // A = [1 2; 3 4; 5 6] stored by columns, B = [1 0 2; 0 1 3].
  const std::vector<float> a{1, 3, 5, 2, 4, 6}, b{1, 0, 2, 0, 1, 3};
  std::vector<float> c(9, 100);
  gemm({.m = 3, .n = 3, .k = 2, .a = a.data(), .transpose_a = true, .b = b.data(), .c = c.data(), .accumulate = true});
  EXPECT_EQ(c, (std::vector<float>{101, 102, 108, 103, 104, 118, 105, 106, 128}));
}

std::vector<DType> inputs_of_this_cpu() {
  if (bfloat16_gemm_available()) return {DType::f32, DType::bf16};
  return {DType::f32};
}

/// Embeddings do not depend on their batch because of this. Long sums are where libraries begin to cut them otherwise
/// for few rows than for many.
TEST(Gemm, ARowHasTheSameBitsWhateverTheNumberOfRowsAndThreads) {
  constexpr int64_t kRows = 4096;
  std::vector<Shape> shapes = kShapes;
  for (const int64_t k : {64, 768, 1536, 2048, 3072, 4096})
    shapes.push_back({96, k});
  for (const Shape& shape : shapes) {
    const Layer layer(shape, kRows);
    for (const DType input : inputs_of_this_cpu()) {
      const auto all = layer.multiply(kRows, input, Epilogue::gelu);
      for (const int count : {1, 2}) {
        set_thread_count(count);
        for (const int64_t m : {1, 2, 3, 5, 8, 16, 17, 33, 64, 100, 128, 192, 299, 700}) {
          const auto some = layer.multiply(m, input, Epilogue::gelu);
          EXPECT_EQ(std::memcmp(some.data(), all.data(), some.size() * sizeof(float)), 0)
              << m << " rows, n " << shape.n << ", k " << shape.k << ", threads " << count;
        }
      }
      set_thread_count(0);
    }
  }
}

/// Training is deterministic because of this: the gradient of a weight is a sum over as many terms as there are tokens.
TEST(Gemm, AGradientHasTheSameBitsWhateverTheNumberOfThreads) {
  constexpr int64_t kOut = 96, kIn = 64;
  for (const int64_t tokens : {5, 300, 1000, 2048, 4096}) {
    const auto dy = random_values<float>(tokens * kOut, 1), x = random_values<float>(tokens * kIn, 2);
    const auto short_dy = rounded(dy), short_x = rounded(x);
    for (const DType input : inputs_of_this_cpu()) {
      const bool half = input == DType::bf16;
      const auto gradient = [&](int threads) {
        set_thread_count(threads);
        std::vector<float> dw(kOut * kIn, 0.5F);
        gemm({.m = kOut,
              .n = kIn,
              .k = tokens,
              .input = input,
              .a = half ? static_cast<const void*>(short_dy.data()) : dy.data(),
              .transpose_a = true,
              .b = half ? static_cast<const void*>(short_x.data()) : x.data(),
              .c = dw.data(),
              .accumulate = true});
        set_thread_count(0);
        return dw;
      };
      EXPECT_EQ(gradient(1), gradient(2)) << tokens << " tokens";
    }
  }
}

}  // namespace
}  // namespace sbert::test
