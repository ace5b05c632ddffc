#include <cstddef>
#include <cstdint>
#include <string_view>

#include <sbert/error.h>

#include "text/converters/sentencepiece_model.h"
#include "text/converters/vocabulary_files.h"

/// Input: a sentencepiece model. Whatever the bytes are, the outcome is a vocabulary or an sbert::Error.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  try {
    const auto model = sbert::text::parse_sentencepiece_model(input, "fuzz");
    sbert::text::scored_pieces(model);
    sbert::text::merged_pieces(model);
  } catch (const sbert::Error&) {
  }
  return 0;
}
