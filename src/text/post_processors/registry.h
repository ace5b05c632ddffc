#pragma once

#include <string>

#include "text/post_processor.h"

/// The maker of each post-processor, called by `make_post_processor`; each is in the file that is named after it.
namespace sbert::text {

PostProcessor make_bert_processing(const Json& config, const std::string& where);
PostProcessor make_byte_level_processing(const Json& config, const std::string& where);
PostProcessor make_post_processor_sequence(const Json& config, const std::string& where);
PostProcessor make_roberta_processing(const Json& config, const std::string& where);
PostProcessor make_template_processing(const Json& config, const std::string& where);

/// `value` as the id of a token. THROWS: corrupt_data.
int32_t read_token_id(const Json& value, const std::string& where);

/// A part for the special token that `config[key]` describes as ["[SEP]", 102].
PostProcessor::Part special_part(const Json& config, const char* key, int32_t type_id, const std::string& where);

}  // namespace sbert::text
