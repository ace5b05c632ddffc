#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace sbert::text {

/// Words and a vector for each. Row 0 is zeros and called PADDING_TOKEN, as sentence-transformers has it.
struct WordVectors {
  std::vector<std::string> words;
  std::vector<float> values;  ///< [words, dimension]
  size_t dimension = 0;
};

/// Reads what GloVe and word2vec write: a line a word, items parted by `separator`: the word, then numbers. Plain or
/// gzip. As in Python, lines of two items before the first vector are a header, and lines of another width than the
/// first vector's are skipped. Reading ends after `max_words` words; 0: with the file.
/// THROWS: not_found, io; invalid_argument for an empty separator; corrupt_data, naming the line, for what is no finite
/// number, or if there is no vector.
WordVectors read_word_vectors(const std::filesystem::path& path, const std::string& separator, uint64_t max_words);

}  // namespace sbert::text
