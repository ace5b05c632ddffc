#include <cstddef>
#include <cstdint>
#include <string>

#include <sbert/error.h>

#include "memory_file.h"
#include "text/word_tokenizer.h"
#include "text/word_vectors.h"

/// Input: a byte of options, then a file of word vectors (perhaps gzip). Whatever the bytes are, the outcome is
/// vectors, and words found in a text made of them and of the bytes themselves, or an sbert::Error.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const sbert::fuzz::MemoryFile file(data + 1, size - 1);
  try {
    const auto vectors = sbert::text::read_word_vectors(file.path(), (data[0] & 1) != 0 ? " " : "\t", data[0] >> 4);
    std::string text(reinterpret_cast<const char*>(data), size);
    if ((data[0] & 2) != 0) text.clear();
    for (const auto& word : vectors.words)
      text += word + " ";
    const bool lower = (data[0] & 4) != 0;
    for (const sbert::models::WordTokenizer& settings :
         {sbert::models::WordTokenizer(sbert::models::WhitespaceTokenizer{.do_lower_case = lower}),
          sbert::models::WordTokenizer(sbert::models::PhraseTokenizer{.stop_words = {}})}) {
      sbert::text::make_word_tokenizer(settings, vectors.words)->tokenize(text);
    }
  } catch (const sbert::Error&) {
  }
  return 0;
}
