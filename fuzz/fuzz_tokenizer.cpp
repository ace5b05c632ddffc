#include <cstddef>
#include <cstdint>
#include <string_view>

#include <sbert/error.h>
#include <sbert/tokenizer.h>

/// Input: a tokenizer.json, a zero byte, a text. Whatever the bytes are, the outcome is ids, and text again, or an
/// sbert::Error.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string_view json = input.substr(0, input.find('\0'));
  const std::string_view text = json.size() < size ? input.substr(json.size() + 1) : std::string_view("Hello, world!");
  try {
    const auto tokenizer = sbert::Tokenizer::from_json(json, "fuzz");
    tokenizer.decode(tokenizer.encode(text).ids, {.skip_special_tokens = true, .clean_up_tokenization_spaces = true});
    tokenizer.encode_with_offsets(text, text, {}, sbert::OffsetUnit::bytes);
    tokenizer.encode_windows(text.substr(0, 40), "a b c d e", 1, {.max_length = 8});
    tokenizer.encode(text, {.max_length = 3, .add_special_tokens = false});
  } catch (const sbert::Error&) {
  }
  return 0;
}
