// Speed of every kernel on one core, for each instruction set this CPU has: elementwise kernels in GB/s of memory read
// and written, on arrays that stay in the L2 cache; attention in GFLOP/s of its matrix products.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "kernels/dispatch.h"
#include "kernels/kernel_table.h"

namespace {

using sbert::AttentionHead;
using sbert::BFloat16;
using sbert::KernelTable;

/// Seconds one call takes: the best of many short runs, so that what else the machine does counts little.
double seconds(const std::function<void()>& call) {
  using Clock = std::chrono::steady_clock;
  const auto time = [&](int64_t calls) {
    const auto start = Clock::now();
    for (int64_t i = 0; i < calls; ++i)
      call();
    return std::chrono::duration<double>(Clock::now() - start).count();
  };
  int64_t calls = 1;
  while (time(calls) < 2e-3)
    calls *= 2;
  double best = time(calls);
  for (int run = 0; run < 15; ++run)
    best = std::min(best, time(calls));
  return best / static_cast<double>(calls);
}

/// Memory as tensors have it: on a cache line.
template <class T>
class Array {
 public:
  explicit Array(int64_t n) : lines_(static_cast<size_t>(n) * sizeof(T) / sizeof(Line) + 1) {
    for (int64_t i = 0; i < n; ++i)
      data()[i] = T{};
  }
  T* data() { return reinterpret_cast<T*>(lines_.data()); }

 private:
  struct alignas(64) Line {
    unsigned char bytes[64];
  };
  std::vector<Line> lines_;
};

Array<float> filled(int64_t n) {
  Array<float> values(n);
  for (int64_t i = 0; i < n; ++i)
    values.data()[i] = static_cast<float>(i * 7919 % 1000) / 250.f - 2.f;
  return values;
}

struct Row {
  std::string name;
  std::string unit;
  double work;  ///< bytes or operations a call, in units of 1e9
  std::function<void(const KernelTable<float>&)> call;
};

constexpr int64_t kRows = 64;
constexpr int64_t kCols = 384;
constexpr int64_t kCount = kRows * kCols;

/// Arrays of kCount floats: 96 KiB each.
struct Arrays {
  Array<float> a = filled(kCount), b = filled(kCount), c = filled(kCount), d = filled(kCount);
  Array<float> gamma = filled(kCols), beta = filled(kCols), mean = filled(kRows), rstd = filled(kRows);
  Array<BFloat16> rounded = Array<BFloat16>(kCount);
  Array<int32_t> indices = Array<int32_t>(kCols);
};

std::vector<Row> elementwise_rows(Arrays& m) {
  const auto bytes = [](double per_element) { return per_element * kCount / 1e9; };
  const auto row = [&](const char* name, double bytes_per_element,
                       std::function<void(const KernelTable<float>&)> call) {
    return Row{name, "GB/s", bytes(bytes_per_element), std::move(call)};
  };
  using Table = const KernelTable<float>&;
  return {
      row("to_bfloat16", 6, [&](Table t) { t.to_bfloat16(m.a.data(), kCount, m.rounded.data()); }),
      row("from_bfloat16", 6, [&](Table t) { t.from_bfloat16(m.rounded.data(), kCount, m.c.data()); }),
      row("add_scaled", 12, [&](Table t) { t.add_scaled(1e-3f, m.a.data(), kCount, m.d.data()); }),
      row("dot", 8, [&](Table t) { m.mean.data()[0] = t.dot(m.a.data(), m.b.data(), kCount); }),
      row("squared_norm", 4,
          [&](Table t) { m.mean.data()[0] = static_cast<float>(t.squared_norm(m.a.data(), kCount)); }),
      row("column_sum", 4, [&](Table t) { t.column_sum(m.a.data(), kRows, kCols, 0, kCols, m.beta.data()); }),
      row("gelu", 8, [&](Table t) { t.gelu(m.a.data(), kCount, m.c.data(), nullptr); }),
      row("gelu -> bf16", 6, [&](Table t) { t.gelu(m.a.data(), kCount, nullptr, m.rounded.data()); }),
      row("gelu_backward", 12, [&](Table t) { t.gelu_backward(m.a.data(), m.b.data(), kCount, m.c.data(), nullptr); }),
      row("tanh", 8, [&](Table t) { t.tanh(m.a.data(), kCount, m.c.data()); }),
      row("dropout", 8,
          [&](Table t) {
            t.dropout(m.a.data(), kCount, {0.1f, 1, 2}, 3, m.c.data());
          }),
      row("layer_norm", 8,
          [&](Table t) {
            t.layer_norm(m.a.data(), nullptr, m.gamma.data(), m.beta.data(), 1e-12f, kRows, kCols, nullptr, m.c.data(),
                         nullptr, nullptr, nullptr);
          }),
      row("layer_norm + residual, bf16", 18,
          [&](Table t) {
            t.layer_norm(m.a.data(), m.b.data(), m.gamma.data(), m.beta.data(), 1e-12f, kRows, kCols, m.c.data(),
                         m.d.data(), m.rounded.data(), m.mean.data(), m.rstd.data());
          }),
      row("layer_norm_backward", 12,
          [&](Table t) {
            t.layer_norm_backward(m.a.data(), m.b.data(), m.gamma.data(), m.mean.data(), m.rstd.data(), kRows, kCols,
                                  m.c.data());
          }),
      row("layer_norm_backward_parameters", 8,
          [&](Table t) {
            t.layer_norm_backward_parameters(m.a.data(), m.b.data(), m.mean.data(), m.rstd.data(), kRows, kCols, 0,
                                             kCols, m.gamma.data(), m.beta.data());
          }),
      row("softmax, rows of 384", 8,
          [&](Table t) {
            for (int64_t r = 0; r < kRows; ++r)
              t.softmax(m.c.data() + r * kCols, kCols);
          }),
      row("sum_tokens", 4, [&](Table t) { t.sum_tokens(m.a.data(), kRows, kCols, 0.1f, m.beta.data()); }),
      row("max_tokens", 4, [&](Table t) { t.max_tokens(m.a.data(), kRows, kCols, m.beta.data(), m.indices.data()); }),
      row("adamw, bf16 shadow", 30,
          [&](Table t) {
            t.adamw({1e-5f, 0.9f, 0.999f, 1e-8f, 0.01f, 0.1f, 0.001f, 1.f}, kCount, m.a.data(), m.b.data(), m.c.data(),
                    m.d.data(), m.rounded.data());
          }),
  };
}

/// Twelve heads of one sequence, as they lie in the fused projection [length, 3 * 12 * head_size].
struct Attention {
  Attention(int64_t tokens, int64_t size, float dropout)
      : length(tokens),
        head_size(size),
        probability(dropout),
        qkv(filled(length * kStride * head_size)),
        out(filled(length * kHeads * head_size)),
        gradient(length * kStride * head_size),
        logsumexp(length),
        scratch(largest_scratch(length, head_size)) {}

  static int64_t largest_scratch(int64_t length, int64_t head_size) {
    int64_t largest = 0;
    for (const auto* table : sbert::available_kernels()) {
      largest = std::max(largest, table->attention_scratch(length, head_size));
    }
    return largest;
  }

  void run(const KernelTable<float>& table, bool backward) {
    for (int64_t h = 0; h < kHeads; ++h) {
      const float* q = qkv.data() + h * head_size;
      AttentionHead<float> head{
          q, q + kHeads * head_size, q + 2 * kHeads * head_size, kStride * head_size, length, head_size, 0.125f};
      head.dropout = {probability, 1, 2};
      float* head_out = out.data() + h * head_size;
      if (!backward) {
        table.attention(head, head_out, nullptr, kHeads * head_size, logsumexp.data(), scratch.data());
      } else {
        float* dq = gradient.data() + h * head_size;
        table.attention_backward(head, head_out, head_out, kHeads * head_size, logsumexp.data(), dq,
                                 dq + kHeads * head_size, dq + 2 * kHeads * head_size, kStride * head_size, nullptr,
                                 scratch.data());
      }
    }
  }

  /// Two products of 2 L^2 d operations forward, five backward.
  double giga_operations(bool backward) const {
    const auto l = static_cast<double>(length), d = static_cast<double>(head_size);
    return (backward ? 10 : 4) * l * l * d * kHeads / 1e9;
  }

  static constexpr int64_t kHeads = 12;
  static constexpr int64_t kStride = 3 * kHeads;
  int64_t length, head_size;
  float probability;
  Array<float> qkv, out, gradient, logsumexp, scratch;
};

std::vector<Row> attention_rows(std::vector<Attention>& problems) {
  std::vector<Row> rows;
  for (Attention& problem : problems) {
    for (const bool backward : {false, true}) {
      const std::string name = std::string("attention") + (backward ? " backward" : "") +
                               " L=" + std::to_string(problem.length) + " d=" + std::to_string(problem.head_size) +
                               (problem.probability > 0 ? " dropout" : "");
      rows.push_back({name, "GFLOP/s", problem.giga_operations(backward),
                      [&problem, backward](const KernelTable<float>& t) { problem.run(t, backward); }});
    }
  }
  return rows;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string filter = argc > 1 ? argv[1] : "";
  Arrays arrays;
  std::vector<Attention> problems;
  for (const auto& [length, head_size, dropout] : {std::tuple{8, 32, 0.f},
                                                   {20, 32, 0.f},
                                                   {20, 32, 0.1f},
                                                   {20, 64, 0.f},
                                                   {40, 64, 0.f},
                                                   {128, 64, 0.f},
                                                   {512, 64, 0.f},
                                                   {2048, 64, 0.f}}) {
    problems.emplace_back(length, head_size, dropout);
  }
  std::vector<Row> rows = elementwise_rows(arrays);
  for (Row& row : attention_rows(problems))
    rows.push_back(std::move(row));

  const auto tables = sbert::available_kernels();
  std::printf("%-36s %-8s", "kernel", "unit");
  for (const auto* table : tables)
    std::printf("%10s", table->name);
  std::printf("\n");
  for (const Row& row : rows) {
    if (row.name.find(filter) == std::string::npos) continue;
    std::printf("%-36s %-8s", row.name.c_str(), row.unit.c_str());
    for (const auto* table : tables)
      std::printf("%10.1f", row.work / seconds([&] { row.call(*table); }));
    std::printf("\n");
    std::fflush(stdout);
  }
}
