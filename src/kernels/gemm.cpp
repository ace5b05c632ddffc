#include "kernels/gemm.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdlib>
#include <unordered_map>

#include <oneapi/dnnl/dnnl.hpp>

#include "base/fail.h"
#include "base/threads.h"

// All of oneDNN is behind this file; it builds against the 2.x and the 3.x interface.
namespace sbert {
namespace {

using dnnl::matmul;
using dnnl::memory;

/// Batches of many sizes make many primitives. oneDNN would keep 1,024 of them, which takes 300 MB; 256 are as fast.
constexpr int kCachedPrimitives = 256;

/// oneDNN shares out sums of 2,048 terms and more among threads where both matrices are stored by terms, so that the
/// order of summation would depend on the number of threads. Sums of this many it takes in one go.
constexpr int64_t kTermsAtOnce = 1024;

const dnnl::engine& engine() {
  static const dnnl::engine cpu = [] {
#if DNNL_VERSION_MAJOR < 3
    // With AMX it would sum bf16 products in an order that depends on the number of rows.
    if (std::getenv("ONEDNN_MAX_CPU_ISA") == nullptr) dnnl::set_max_cpu_isa(dnnl::cpu_isa::avx512_core_bf16);
#endif
    if (std::getenv("ONEDNN_PRIMITIVE_CACHE_CAPACITY") == nullptr)
      dnnl::set_primitive_cache_capacity(kCachedPrimitives);
    return dnnl::engine(dnnl::engine::kind::cpu, 0);
  }();
  return cpu;
}

memory::desc matrix(int64_t rows, int64_t cols, bool transposed, DType dtype) {
  const auto type = dtype == DType::bf16 ? memory::data_type::bf16 : memory::data_type::f32;
  return {{rows, cols}, type, transposed ? memory::dims{1, rows} : memory::dims{cols, 1}};
}

dnnl::primitive_attr attributes(const Gemm& call) {
  dnnl::post_ops post_ops;
  if (call.accumulate) post_ops.append_sum(1.0F);
  if (call.epilogue == Epilogue::gelu) {
#if DNNL_VERSION_MAJOR >= 3
    post_ops.append_eltwise(dnnl::algorithm::eltwise_gelu_erf, 0, 0);
#else
    post_ops.append_eltwise(1.0F, dnnl::algorithm::eltwise_gelu_erf, 0, 0);
#endif
  }
  dnnl::primitive_attr attributes;
  attributes.set_post_ops(post_ops);
  return attributes;
}

matmul::primitive_desc describe(const Gemm& call, const memory::desc& a, const memory::desc& b,
                                const memory::desc& bias, const memory::desc& c) {
#if DNNL_VERSION_MAJOR >= 3
  return {engine(), a, b, bias, c, attributes(call)};
#else
  return {matmul::desc(a, b, bias, c), attributes(call), engine()};
#endif
}

/// Plain loops for the double-precision tests.
void gemm_f64(const Gemm& call) {
  const auto* a = static_cast<const double*>(call.a);
  const auto* b = static_cast<const double*>(call.b);
  const auto* bias = static_cast<const double*>(call.bias);
  auto* c = static_cast<double*>(call.c);
  if (call.epilogue != Epilogue::none) fail(ErrorCode::unsupported, "gemm: no epilogue in double precision");
  for (int64_t i = 0; i < call.m; ++i) {
    for (int64_t j = 0; j < call.n; ++j) {
      double sum = (bias != nullptr ? bias[j] : 0) + (call.accumulate ? c[i * call.n + j] : 0);
      for (int64_t p = 0; p < call.k; ++p) {
        sum += a[call.transpose_a ? p * call.m + i : i * call.k + p] *
               b[call.transpose_b ? j * call.k + p : p * call.n + j];
      }
      c[i * call.n + j] = sum;
    }
  }
}

void gemm_onednn(const Gemm& call) {
  const auto a = matrix(call.m, call.k, call.transpose_a, call.input);
  const auto b = matrix(call.k, call.n, call.transpose_b, call.input);
  const auto c = matrix(call.m, call.n, false, call.output);
  const auto bias = call.bias != nullptr ? matrix(1, call.n, false, DType::f32) : memory::desc();
  // Creating a primitive that was created before takes microseconds: the library keeps a cache.
  const matmul product(describe(call, a, b, bias, c));
  std::unordered_map<int, memory> arguments{{DNNL_ARG_SRC, memory(a, engine(), const_cast<void*>(call.a))},
                                            {DNNL_ARG_WEIGHTS, memory(b, engine(), const_cast<void*>(call.b))},
                                            {DNNL_ARG_DST, memory(c, engine(), call.c)}};
  if (call.bias != nullptr) arguments.emplace(DNNL_ARG_BIAS, memory(bias, engine(), const_cast<void*>(call.bias)));
  apply_thread_count();
  thread_local dnnl::stream stream(engine());
  product.execute(stream, arguments);
  stream.wait();
}

/// The gradient of a weight: a sum over tokens, of which there are many.
bool sums_over_rows(const Gemm& call) {
  return call.transpose_a && !call.transpose_b && call.bias == nullptr && call.output == DType::f32 &&
         call.epilogue == Epilogue::none;
}

const void* rows_from(const void* matrix, int64_t row, int64_t columns, DType dtype) {
  return static_cast<const std::byte*>(matrix) + row * columns * static_cast<int64_t>(element_size(dtype));
}

/// One piece of the sum after the other is added to C.
void gemm_in_pieces(const Gemm& call) {
  Gemm piece = call;
  for (int64_t begin = 0; begin < call.k; begin += kTermsAtOnce) {
    piece.k = std::min(kTermsAtOnce, call.k - begin);
    piece.a = rows_from(call.a, begin, call.m, call.input);
    piece.b = rows_from(call.b, begin, call.n, call.input);
    piece.accumulate = call.accumulate || begin > 0;
    gemm_onednn(piece);
  }
}

}  // namespace

void gemm(const Gemm& call) {
  if (call.m == 0 || call.n == 0) return;
  if (call.input == DType::f64) return gemm_f64(call);
  try {
    if (call.k > kTermsAtOnce && sums_over_rows(call)) {
      gemm_in_pieces(call);
    } else {
      gemm_onednn(call);
    }
  } catch (const dnnl::error& error) {
    if (call.input == DType::bf16 && !bfloat16_gemm_available()) {
      fail(ErrorCode::unsupported, "bf16 needs a CPU with AVX-512; use precision f32");
    }
    fail(ErrorCode::unsupported, "oneDNN cannot multiply [", call.m, ", ", call.k, "] by [", call.k, ", ", call.n,
         "]: ", error.what());
  }
}

int64_t padded_rows(int64_t rows) {
  if (rows <= 16) return rows <= 1 ? 1 : 16;
  const int64_t step = std::max<int64_t>(16, static_cast<int64_t>(std::bit_floor(static_cast<uint64_t>(rows))) / 16);
  return (rows + step - 1) / step * step;
}

bool bfloat16_gemm_available() {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl::get_effective_cpu_isa() >= dnnl::cpu_isa::avx512_core;
#else
  engine();  // The limit on instruction sets comes before the first question about them.
  const auto isa = static_cast<int>(dnnl::get_effective_cpu_isa());
  const auto needed = static_cast<int>(dnnl::cpu_isa::avx512_core);
  return (isa & needed) == needed;
#endif
}

std::string gemm_library_version() {
  const dnnl_version_t* version = dnnl_version();
  return concat(version->major, ".", version->minor, ".", version->patch);
}

}  // namespace sbert
