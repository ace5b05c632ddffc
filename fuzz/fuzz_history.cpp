#include <cstddef>
#include <cstdint>
#include <string_view>

#include <sbert/error.h>

#include "report/history.h"

/// Input: training_history.json of a checkpoint. Whatever the bytes are, the outcome is a history that can be written
/// again, or an sbert::Error.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto history = sbert::report::read_history(sbert::parse_json(text, "fuzz"), "fuzz");
    sbert::report::to_json(history).dump();
  } catch (const sbert::Error&) {
  }
  return 0;
}
