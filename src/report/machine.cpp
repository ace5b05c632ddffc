#include "report/machine.h"

#include <fstream>
#include <sys/resource.h>
#include <sys/utsname.h>

#include "base/fail.h"
#include "base/threads.h"
#include "base/version.h"
#include "kernels/dispatch.h"
#include "kernels/gemm.h"

namespace sbert::report {
namespace {

/// "AMD EPYC 9B45"; on machines whose kernel does not say, "x86_64".
std::string cpu_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  utsname system{};
  return ::uname(&system) == 0 ? system.machine : "";
}

uint64_t peak_bytes() {
  rusage usage{};
  return ::getrusage(RUSAGE_SELF, &usage) == 0 ? static_cast<uint64_t>(usage.ru_maxrss) << 10 : 0;
}

std::string compiler() {
#ifdef __clang__
  return concat("clang ", __clang_major__, ".", __clang_minor__);
#else
  return concat("gcc ", __GNUC__, ".", __GNUC_MINOR__);
#endif
}

}  // namespace

MachineRecord describe_machine() {
  return {.cpu = cpu_name(),
          .instruction_set = std::string(kernel_isa_name()),
          .threads = thread_count(),
          .peak_bytes = peak_bytes()};
}

std::vector<std::pair<std::string, std::string>> versions() {
  return {{"sbert.cpp", std::string(version())}, {"oneDNN", gemm_library_version()}, {"compiler", compiler()}};
}

}  // namespace sbert::report
