#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "model/implementation.h"

namespace sbert {

/// The prompt of this name. THROWS: invalid_argument, naming those that there are.
const std::string& require_prompt(const std::map<std::string, std::string>& prompts, const std::string& name);

/// Token ids of every text, in order, tokenised on all threads, with `prompt` in front; text i by readers[i % readers].
std::vector<std::vector<int32_t>> tokenize_all(std::span<const nn::InputModule* const> readers,
                                               std::span<const std::string> texts, const std::string& prompt);

/// Embeddings of token sequences, in their order, each of which begins with a prompt of `prompt_length` tokens, as the
/// reader of `options.task` made them. Of `options` the texts' prompt does not count.
Embeddings encode_tokens(const ModelImplementation& model, std::span<const std::vector<int32_t>> ids,
                         int64_t prompt_length, const EncodeOptions& options);

/// SentenceTransformer::encode.
Embeddings encode_texts(const ModelImplementation& model, std::span<const std::string> texts,
                        const EncodeOptions& options);

}  // namespace sbert
