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

 private:
  static std::vector<BFloat16> rounded(const std::vector<float>& values) {
    std::vector<BFloat16> result;
    for (const float value : values)
      result.push_back(to_bfloat16(value));
    return result;
  }
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

/// Embeddings do not depend on their batch because of this.
TEST(Gemm, ARowHasTheSameBitsWhateverTheNumberOfRowsAndThreads) {
  constexpr int64_t kRows = 300;
  std::vector<DType> inputs{DType::f32};
  if (bfloat16_gemm_available()) inputs.push_back(DType::bf16);
  for (const Shape& shape : kShapes) {
    const Layer layer(shape, kRows);
    for (const DType input : inputs) {
      const auto all = layer.multiply(kRows, input, Epilogue::gelu);
      for (const int count : {1, 2}) {
        set_thread_count(count);
        for (const int64_t m : {1, 2, 3, 5, 8, 16, 17, 64, 100, 128, 299}) {
          const auto some = layer.multiply(m, input, Epilogue::gelu);
          EXPECT_EQ(std::memcmp(some.data(), all.data(), some.size() * sizeof(float)), 0)
              << m << " rows, n " << shape.n << ", k " << shape.k << ", threads " << count;
        }
      }
      set_thread_count(0);
    }
  }
}

}  // namespace
}  // namespace sbert::test
