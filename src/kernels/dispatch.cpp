#include "kernels/dispatch.h"

#include <cstdlib>
#include <string>

#include "base/fail.h"
#include "kernels/cpu_features.h"
#include "kernels/tables.h"

namespace sbert {
namespace {

const KernelTable<float>& choose() {
  const auto available = available_kernels();
  const char* forced = std::getenv("SBERT_FORCE_ISA");
  if (!forced || !*forced) return *available.back();
  std::string names;
  for (const auto* table : available) {
    if (std::string_view(forced) == table->name) return *table;
    names += names.empty() ? table->name : std::string(", ") + table->name;
  }
  fail(ErrorCode::unsupported, "SBERT_FORCE_ISA=", forced, ": this CPU has no such kernels; choose one of ", names);
}

}  // namespace

std::vector<const KernelTable<float>*> available_kernels() {
  std::vector<const KernelTable<float>*> tables = {&generic_float_table};
#if defined(__x86_64__)
  if (cpu_features().avx2) tables.push_back(&avx2_float_table);
  if (cpu_features().avx512) tables.push_back(&avx512_float_table);
#endif
  return tables;
}

template <>
const KernelTable<float>& kernels<float>() {
  static const KernelTable<float>& chosen = choose();
  return chosen;
}

template <>
const KernelTable<double>& kernels<double>() {
  return generic_double_table;
}

template <>
const KernelTable<float>& generic_kernels<float>() {
  return generic_float_table;
}

template <>
const KernelTable<double>& generic_kernels<double>() {
  return generic_double_table;
}

std::string_view kernel_isa_name() {
  return kernels<float>().name;
}

}  // namespace sbert
