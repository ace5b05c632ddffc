#include <cstddef>
#include <cstdint>
#include <vector>

#include <sbert/error.h>

#include "memory_file.h"
#include "model/pytorch_file.h"

/// Input: a file of torch.save. Whatever the bytes are, the outcome is tensors that can be read or an sbert::Error.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const sbert::fuzz::MemoryFile file(data, size);
  try {
    const sbert::PytorchFile tensors(file.path());
    for (const auto& tensor : tensors.tensors()) {
      std::vector<float> values(static_cast<size_t>(sbert::element_count(tensor.shape)));
      sbert::copy_as_float(tensor, values.data());
    }
  } catch (const sbert::Error&) {
  }
  return 0;
}
