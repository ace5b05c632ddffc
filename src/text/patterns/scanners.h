#pragma once

#include <cstddef>
#include <string_view>

/// The regular expressions of well-known tokenizers, written out. Each scanner returns the end of the match that begins
/// at `at`, or `at` itself if there is none. Letters, numbers and white space are those of the reference's engine.
/// REQUIRES: valid UTF-8, `at < text.size()` the start of a character.
namespace sbert::text {

/// 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+   (GPT-2, RoBERTa; ByteLevel's own)
size_t scan_gpt2(std::string_view text, size_t at);

/// 's|'t|'re|'ve|'m|'ll|'d
size_t scan_contraction(std::string_view text, size_t at);

/// (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,n}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
/// with n = 1 (Qwen) and n = 3 (cl100k, Llama 3).
size_t scan_qwen(std::string_view text, size_t at);
size_t scan_cl100k(std::string_view text, size_t at);

/// 's|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+   (CLIP)
size_t scan_clip(std::string_view text, size_t at);

/// <\|startoftext\|>|<\|endoftext\|>| and then the same   (CLIP as transformers builds it)
size_t scan_clip_with_specials(std::string_view text, size_t at);

/// \s+
size_t scan_white_space(std::string_view text, size_t at);

}  // namespace sbert::text
