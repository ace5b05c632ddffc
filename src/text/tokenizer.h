#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "text/encoding.h"
#include "text/tokenizer_description.h"

namespace sbert::text {

/// Makes token ids of text, exactly as Hugging Face's `tokenizers` does with the same tokenizer.json: added tokens are
/// cut out, the rest is normalized, cut into pieces, and each piece given to a model; special tokens are put around.
/// What the file says of truncation and padding is not obeyed: sentence-transformers overrides both.
///
/// Const methods are safe to call from many threads. Loading costs milliseconds to a second; do it once.
class Tokenizer {
 public:
  /// THROWS: not_found, io; corrupt_data if the file is not a tokenizer, unsupported for a part this version does not
  /// know; both name the file and the part.
  static Tokenizer from_file(const std::filesystem::path& tokenizer_json);
  /// The same from parsed JSON; `where` begins error messages.
  static Tokenizer from_json(const Json& json, const std::string& where);
  /// From a model directory, as transformers opens it: its tokenizer.json, or vocab.txt, vocab.json and merges.txt, or
  /// a sentencepiece model, with what tokenizer_config.json says of special tokens and options. THROWS: as `from_file`.
  static Tokenizer from_directory(const std::filesystem::path& directory);

  Tokenizer(Tokenizer&&) noexcept;
  Tokenizer& operator=(Tokenizer&&) noexcept;
  ~Tokenizer();

  /// THROWS: corrupt_data if `utf8` is not valid UTF-8; invalid_argument if `max_length` has no room for the special
  /// tokens.
  Encoding encode(std::string_view utf8, const EncodeOptions& options = {}) const;

  /// Two texts in one sequence, such as a question and an answer. THROWS: as `encode`; invalid_argument if the strategy
  /// of truncation cannot make them short enough.
  Encoding encode_pair(std::string_view first, std::string_view second, const EncodeOptions& options = {}) const;

  /// The same ids as `encode`, or with a `second` text `encode_pair`, and where in the texts they come from. Several
  /// times slower. THROWS: the same.
  TracedEncoding encode_with_offsets(std::string_view first, std::optional<std::string_view> second = {},
                                     const EncodeOptions& options = {}, OffsetUnit unit = OffsetUnit::characters) const;

  /// All of a text that is too long: first what `encode_with_offsets` keeps, then windows of equal length over the
  /// rest, each beginning with the last `stride` tokens of the one before ("overflowing tokens" in Python). Of a pair
  /// each window of one text is there with each of the other. Unlike in Python all windows have the same type ids.
  /// THROWS: the same; invalid_argument if the stride leaves no room.
  std::vector<TracedEncoding> encode_windows(std::string_view first, std::optional<std::string_view> second,
                                             size_t stride, const EncodeOptions& options,
                                             OffsetUnit unit = OffsetUnit::characters) const;

  /// The text that ids stand for, as far as the tokenizer can tell; ids that are no tokens are left out.
  std::string decode(std::span<const int32_t> ids, const DecodeOptions& options = {}) const;

  /// The id of a token of the model or an added one.
  std::optional<int32_t> token_to_id(std::string_view token) const;
  /// Empty for an id that is no token.
  std::string id_to_token(int32_t id) const;
  /// Tokens of the model and added ones.
  size_t vocab_size() const;
  /// The token that shorter texts of a batch would be filled with, if the files name one.
  std::optional<int32_t> pad_id() const;
  /// Special tokens that `encode` puts around one text and `encode_pair` around two.
  size_t special_token_count(bool pair = false) const;
  /// Whether `id` is an added token marked special.
  bool is_special(int32_t id) const;

  TokenizerDescription description() const;

  /// Lower-cases the text before the file's own normalizer, as sentence-transformers does for `do_lower_case`. Does
  /// nothing if a Lowercase normalizer is there. Not to be called while other threads encode.
  void prepend_lowercase();

 private:
  struct Impl;
  explicit Tokenizer(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace sbert::text
