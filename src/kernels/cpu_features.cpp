#include "kernels/cpu_features.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace sbert {
namespace {

#if defined(__x86_64__)

/// AMX is newer than the names the compilers' own feature test knows: CPUID leaf 7 EDX bits 22 (AMX-BF16) and 24
/// (AMX-TILE), and the tile state (bits 17 and 18) enabled by the operating system in XCR0.
bool has_amx_bf16() {
  unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
  constexpr unsigned kOsXsave = 1u << 27;
  if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & kOsXsave)) return false;
  constexpr unsigned kAmx = 1u << 22 | 1u << 24;
  if (!__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) || (edx & kAmx) != kAmx) return false;
  unsigned xcr0_low = 0, xcr0_high = 0;
  __asm__("xgetbv" : "=a"(xcr0_low), "=d"(xcr0_high) : "c"(0));
  constexpr unsigned kTileState = 3u << 17;
  return (xcr0_low & kTileState) == kTileState;
}

CpuFeatures detect() {
  __builtin_cpu_init();
  CpuFeatures found{};
  found.avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
  found.avx512 = found.avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                 __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  found.avx512_bf16 = found.avx512 && __builtin_cpu_supports("avx512bf16");
  found.avx512_vnni = found.avx512 && __builtin_cpu_supports("avx512vnni");
  found.amx_bf16 = found.avx512 && has_amx_bf16();
  return found;
}

#else

CpuFeatures detect() {
  return {};
}

#endif

}  // namespace

const CpuFeatures& cpu_features() {
  static const CpuFeatures features = detect();
  return features;
}

}  // namespace sbert
