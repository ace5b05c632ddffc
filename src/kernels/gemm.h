#pragma once

#include <cstdint>
#include <string>

#include "kernels/dtype.h"

namespace sbert {

/// What happens to a product before it is stored.
enum class Epilogue { none, gelu };

/// C[m, n] = epilogue(A[m, k] B[k, n] + bias[n] + (accumulate ? C : 0)), all row-major.
struct Gemm {
  int64_t m = 0, n = 0, k = 0;
  DType input = DType::f32;   ///< of A and B
  DType output = DType::f32;  ///< of C; bf16 only with bf16 inputs
  const void* a = nullptr;
  bool transpose_a = false;  ///< A is stored as [k, m]
  const void* b = nullptr;
  bool transpose_b = false;  ///< B is stored as [n, k], as the weight of a linear layer is
  void* c = nullptr;
  const void* bias = nullptr;  ///< [n] in f32 (f64 for f64 inputs), or null
  bool accumulate = false;
  Epilogue epilogue = Epilogue::none;
};

/// Multiplies on all threads of the team. bf16 products are accumulated in f32.
/// The sum over k of one element is taken in an order that depends on n and k alone, never on m or the thread count, so
/// a row of C has the same bits in any batch (tests/kernels/gemm_test.cpp holds oneDNN to it).
/// Thread safety: any number of threads. THROWS: unsupported if this CPU cannot multiply bf16.
void gemm(const Gemm& call);

/// The kernel library creates code for each new m (about 0.2 ms), so m is rounded up to one of 16 steps an octave:
/// matrices that may become A or C of a GEMM have this many rows allocated, the additional ones zeroed.
int64_t padded_rows(int64_t rows);

/// Whether `gemm` takes bf16 inputs on this machine, and whether the CPU multiplies them natively (then it is faster).
bool bfloat16_gemm_available();

/// Of oneDNN: "2.6.3".
std::string gemm_library_version();

}  // namespace sbert
