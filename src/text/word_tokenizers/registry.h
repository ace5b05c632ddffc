#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "text/word_tokenizer.h"

/// The makers of each word tokenizer; each pair is defined in the file that is named after it.
namespace sbert::text {

std::unique_ptr<WordTokenizer> make_whitespace_tokenizer(const models::WhitespaceTokenizer& settings,
                                                         const std::vector<std::string>& vocabulary);
std::unique_ptr<WordTokenizer> open_whitespace_tokenizer(const std::filesystem::path& directory);

std::unique_ptr<WordTokenizer> make_phrase_tokenizer(const models::PhraseTokenizer& settings,
                                                     const std::vector<std::string>& vocabulary);
std::unique_ptr<WordTokenizer> open_phrase_tokenizer(const std::filesystem::path& directory);

std::unique_ptr<WordTokenizer> make_hugging_face_tokenizer(const models::HuggingFaceTokenizer& settings);
std::unique_ptr<WordTokenizer> open_hugging_face_tokenizer(const std::filesystem::path& directory);

}  // namespace sbert::text
