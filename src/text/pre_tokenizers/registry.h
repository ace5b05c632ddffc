#pragma once

#include <memory>
#include <string>

#include "text/pre_tokenizer.h"

/// The maker of each pre-tokenizer, called by `make_pre_tokenizer`; each is defined in the file that is named after it.
namespace sbert::text {

std::unique_ptr<PreTokenizer> make_bert_pre_tokenizer(const Json& config, const std::string& where);
std::unique_ptr<PreTokenizer> make_pre_tokenizer_sequence(const Json& config, const std::string& where);
std::unique_ptr<PreTokenizer> make_whitespace_split(const Json& config, const std::string& where);
std::unique_ptr<PreTokenizer> make_byte_level(const Json& config, const std::string& where);
std::unique_ptr<PreTokenizer> make_char_delimiter_split(const Json& config, const std::string& where);
std::unique_ptr<PreTokenizer> make_digits(const Json& config, const std::string& where);
std::unique_ptr<PreTokenizer> make_fixed_length(const Json& config, const std::string& where);
std::unique_ptr<PreTokenizer> make_metaspace(const Json& config, const std::string& where);
std::unique_ptr<PreTokenizer> make_punctuation(const Json& config, const std::string& where);
std::unique_ptr<PreTokenizer> make_split(const Json& config, const std::string& where);
std::unique_ptr<PreTokenizer> make_unicode_scripts(const Json& config, const std::string& where);
std::unique_ptr<PreTokenizer> make_whitespace(const Json& config, const std::string& where);

/// Whether the Metaspace that `config` describes ever puts a "▁" before a text.
bool metaspace_prepends(const Json& config, const std::string& where);

/// The one character that `config[key]` is. THROWS: corrupt_data.
char32_t read_character(const Json& config, const char* key, const std::string& where);

}  // namespace sbert::text
