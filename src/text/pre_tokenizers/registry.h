#pragma once

#include <memory>
#include <string>

#include "text/pre_tokenizer.h"

/// The maker of each pre-tokenizer, called by `make_pre_tokenizer`; each is defined in the file that is named after it.
namespace sbert::text {

std::unique_ptr<PreTokenizer> make_bert_pre_tokenizer(const Json& config, const std::string& where);
std::unique_ptr<PreTokenizer> make_pre_tokenizer_sequence(const Json& config, const std::string& where);
std::unique_ptr<PreTokenizer> make_whitespace_split(const Json& config, const std::string& where);

}  // namespace sbert::text
