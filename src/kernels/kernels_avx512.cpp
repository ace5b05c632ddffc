// The kernels for AVX-512 F, BW, DQ and VL (Intel Skylake-SP 2017, AMD Zen 4 2022).
#if defined(__x86_64__)
#include "kernels/table.inl"
#include "kernels/tables.h"

namespace sbert {

constexpr KernelTable<float> avx512_float_table = make_kernel_table<float>("avx512");

}  // namespace sbert
#endif
