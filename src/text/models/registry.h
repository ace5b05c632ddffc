#pragma once

#include <memory>
#include <string>

#include "text/model.h"

/// The maker of each model, called by `make_model`; each is defined in the file that is named after it.
namespace sbert::text {

std::unique_ptr<Model> make_bpe(const Json& config, const std::string& where);
std::unique_ptr<Model> make_unigram(const Json& config, const std::string& where);
std::unique_ptr<Model> make_word_level(const Json& config, const std::string& where);
std::unique_ptr<Model> make_wordpiece(const Json& config, const std::string& where);

}  // namespace sbert::text
