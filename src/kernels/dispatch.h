#pragma once

#include <string_view>
#include <vector>

#include "kernels/kernel_table.h"

namespace sbert {

/// Every table this CPU can run, generic first and the best last: what tests and benchmarks go through.
std::vector<const KernelTable<float>*> available_kernels();

/// Name of the table `kernels<float>()` returns.
std::string_view kernel_isa_name();

}  // namespace sbert
