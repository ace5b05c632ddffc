#include <cstddef>
#include <cstdint>
#include <string>

#include <sbert/error.h>

#include "base/yaml.h"

/// Input: a config file, or the front matter of a card. Whatever the bytes are, the outcome is JSON that can be
/// written, or an sbert::Error.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    sbert::parse_yaml(text, "fuzz").dump();
  } catch (const sbert::Error&) {
  }
  return 0;
}
