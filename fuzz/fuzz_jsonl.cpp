#include <cstddef>
#include <cstdint>

#include <sbert/error.h>

#include "data/examples.h"
#include "memory_file.h"

/// Input: a jsonl file (perhaps gzip). Whatever the bytes are, the outcome is rows or an sbert::Error.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const sbert::fuzz::MemoryFile file(data, size);
  try {
    sbert::read_examples(file.path(), {.format = sbert::TableFormat::jsonl});
  } catch (const sbert::Error&) {
  }
  return 0;
}
