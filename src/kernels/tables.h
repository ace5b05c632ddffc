#pragma once

#include "kernels/kernel_table.h"

namespace sbert {

// One table a `kernels_<isa>.cpp`. A caller must have asked cpu_features() first.
extern const KernelTable<float> generic_float_table;
extern const KernelTable<double> generic_double_table;
#if defined(__x86_64__)
extern const KernelTable<float> avx2_float_table;
extern const KernelTable<float> avx512_float_table;
#endif

}  // namespace sbert
