#include <cstddef>
#include <cstdint>
#include <vector>

#include <sbert/error.h>

#include "memory_file.h"
#include "model/safetensors.h"

/// Input: a safetensors file. Whatever the bytes are, the outcome is tensors that can be read or an sbert::Error.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const sbert::fuzz::MemoryFile file(data, size);
  try {
    const sbert::SafetensorsFile tensors(file.path());
    for (const auto& tensor : tensors.tensors()) {
      std::vector<float> values(tensor.bytes.size());  // a float takes two bytes on disk at least
      sbert::copy_as_float(tensor, values.data());
    }
  } catch (const sbert::Error&) {
  }
  return 0;
}
