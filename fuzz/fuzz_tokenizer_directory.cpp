#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <sbert/error.h>
#include <sbert/tokenizer.h>

#include "scratch_directory.h"

namespace {

constexpr std::array kClasses = {"Bert",       "MPNet",     "Roberta", "GPT2",  "CLIP",
                                 "XLMRoberta", "Camembert", "T5",      "Llama", "Backend"};
constexpr std::array kFiles = {"tokenizer_config.json",
                               "special_tokens_map.json",
                               "added_tokens.json",
                               "tokenizer.json",
                               "vocab.txt",
                               "vocab.json",
                               "merges.txt",
                               "tokenizer.model"};

}  // namespace

/// Input: a byte that picks a class of tokenizers, then the files of a directory, each ended by a zero byte; an empty
/// one is not there. Whatever the bytes are, the outcome is ids or an sbert::Error.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const sbert::fuzz::ScratchDirectory directory;
  if (size == 0) return 0;
  directory.clear();
  directory.write("config.json",
                  std::string(R"({"tokenizer_class": ")") + kClasses[data[0] % kClasses.size()] + R"(Tokenizer"})");
  std::string_view rest(reinterpret_cast<const char*>(data + 1), size - 1);
  for (const char* name : kFiles) {
    // The last one is binary, and all that is left.
    const std::string_view bytes = name == kFiles.back() ? rest : rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(bytes.size() + 1, rest.size()));
    if (!bytes.empty()) directory.write(name, bytes);
  }
  try {
    const auto tokenizer = sbert::Tokenizer::from_directory(directory.path());
    tokenizer.decode(tokenizer.encode_pair("Hello, world!", "a <mask>").ids);
  } catch (const sbert::Error&) {
  }
  return 0;
}
