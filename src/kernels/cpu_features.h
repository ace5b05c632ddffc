#pragma once

namespace sbert {

/// What this CPU can do and the operating system lets it do (saving of the wide registers). All false off x86-64.
struct CpuFeatures {
  bool avx2;         ///< AVX2, FMA and BMI2: what kernels_avx2.cpp is compiled for
  bool avx512;       ///< AVX-512 F, BW, DQ and VL besides: what kernels_avx512.cpp is compiled for
  bool avx512_bf16;  ///< native bfloat16 dot products
  bool avx512_vnni;  ///< native int8 dot products
  bool amx_bf16;     ///< bfloat16 matrix tiles
};

const CpuFeatures& cpu_features();

}  // namespace sbert
