#pragma once

#include <memory>
#include <string>

#include "text/normalizer.h"

/// The maker of each normalizer, called by `make_normalizer`; each is defined in the file that is named after it.
namespace sbert::text {

std::unique_ptr<Normalizer> make_bert_normalizer(const Json& config, const std::string& where);
std::unique_ptr<Normalizer> make_lowercase(const Json& config, const std::string& where);
std::unique_ptr<Normalizer> make_nfc(const Json& config, const std::string& where);
std::unique_ptr<Normalizer> make_nfd(const Json& config, const std::string& where);
std::unique_ptr<Normalizer> make_nfkc(const Json& config, const std::string& where);
std::unique_ptr<Normalizer> make_nfkd(const Json& config, const std::string& where);
std::unique_ptr<Normalizer> make_nmt(const Json& config, const std::string& where);
std::unique_ptr<Normalizer> make_normalizer_sequence(const Json& config, const std::string& where);
std::unique_ptr<Normalizer> make_byte_level_normalizer(const Json& config, const std::string& where);
std::unique_ptr<Normalizer> make_precompiled(const Json& config, const std::string& where);
std::unique_ptr<Normalizer> make_prepend(const Json& config, const std::string& where);
std::unique_ptr<Normalizer> make_replace(const Json& config, const std::string& where);
std::unique_ptr<Normalizer> make_strip(const Json& config, const std::string& where);
std::unique_ptr<Normalizer> make_strip_accents(const Json& config, const std::string& where);

}  // namespace sbert::text
