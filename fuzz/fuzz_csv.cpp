#include <cstddef>
#include <cstdint>

#include <sbert/error.h>

#include "data/examples.h"
#include "memory_file.h"

/// Input: a byte of options, then a CSV file (perhaps gzip). Whatever the bytes are, the outcome is rows or an
/// sbert::Error.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  sbert::TableOptions options{.format = sbert::TableFormat::csv};
  options.header = (data[0] & 1) != 0;
  options.quoting = (data[0] & 2) != 0;
  if ((data[0] & 4) != 0) options.columns = {{"text", "0"}, {"label", "1"}};
  const sbert::fuzz::MemoryFile file(data + 1, size - 1);
  try {
    sbert::read_examples(file.path(), options);
  } catch (const sbert::Error&) {
  }
  return 0;
}
