#pragma once

#include <cstdint>
#include <filesystem>

namespace sbert::nn {

/// What a Transformer's directory says beside what Hugging Face's files do: sentence_bert_config.json, or the name it
/// had in older releases for RoBERTa and others.
struct TransformerConfig {
  std::filesystem::path file;  ///< read or, if there is none, to be written
  int64_t max_seq_length = 0;  ///< 0: the tokenizer's and the encoder's limits
  bool do_lower_case = false;
};

/// THROWS: corrupt_data; unsupported for settings that would change the embeddings.
TransformerConfig read_transformer_config(const std::filesystem::path& directory);

}  // namespace sbert::nn
