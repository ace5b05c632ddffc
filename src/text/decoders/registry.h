#pragma once

#include <memory>
#include <string>

#include "text/decoder.h"

/// The maker of each decoder, called by `make_decoder`; each is defined in the file that is named after it.
namespace sbert::text {

std::unique_ptr<Decoder> make_bpe_decoder(const Json& config, const std::string& where);
std::unique_ptr<Decoder> make_byte_fallback_decoder(const Json& config, const std::string& where);
std::unique_ptr<Decoder> make_byte_level_decoder(const Json& config, const std::string& where);
std::unique_ptr<Decoder> make_ctc_decoder(const Json& config, const std::string& where);
std::unique_ptr<Decoder> make_decoder_sequence(const Json& config, const std::string& where);
std::unique_ptr<Decoder> make_fuse_decoder(const Json& config, const std::string& where);
std::unique_ptr<Decoder> make_metaspace_decoder(const Json& config, const std::string& where);
std::unique_ptr<Decoder> make_replace_decoder(const Json& config, const std::string& where);
std::unique_ptr<Decoder> make_strip_decoder(const Json& config, const std::string& where);
std::unique_ptr<Decoder> make_wordpiece_decoder(const Json& config, const std::string& where);

/// Puts `content` in the place of each `wanted`, from left to right. REQUIRES: `wanted` is not empty.
void replace_all(std::string& text, std::string_view wanted, std::string_view content);

/// What the WordPiece decoder does to each token if asked to; "do not" becomes "don't", too.
void clean_up_wordpiece(std::string& token);

}  // namespace sbert::text
