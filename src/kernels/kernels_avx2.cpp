// The kernels for AVX2, FMA and BMI2 (Intel Haswell 2013, AMD Zen 2017).
#if defined(__x86_64__)
#include "kernels/table.inl"
#include "kernels/tables.h"

namespace sbert {

constexpr KernelTable<float> avx2_float_table = make_kernel_table<float>("avx2");

}  // namespace sbert
#endif
