// The kernels for the instruction set every build may assume; the only file that has them in double.
#include "kernels/table.inl"
#include "kernels/tables.h"

namespace sbert {

constexpr KernelTable<float> generic_float_table = make_kernel_table<float>("generic");
constexpr KernelTable<double> generic_double_table = make_kernel_table<double>("generic");

}  // namespace sbert
