#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sbert/hub.h>

namespace sbert {

namespace text {
struct TokenizerImplementation;  // not part of the public API
}

/// [begin, end) of a text.
struct TextSpan {
  size_t begin = 0, end = 0;
  bool operator==(const TextSpan&) const = default;
};

/// Token ids of a text, or of a pair of texts.
struct Encoding {
  std::vector<int32_t> ids;
  std::vector<int32_t> type_ids;  ///< as many as `ids`
  bool truncated = false;         ///< Whether tokens were left out for `max_length`.
};

/// An encoding that knows where its tokens come from. All lists are as long as `ids`.
struct TracedEncoding : Encoding {
  /// Where in its text each token is; {0, 0} for special tokens put around it.
  std::vector<TextSpan> offsets;
  /// Which word (piece of the pre-tokenizer) of its text it belongs to; -1 for special tokens put around it.
  std::vector<int32_t> word_ids;
  /// 0 for tokens of the first text, 1 for those of the second, -1 for special tokens put around them.
  std::vector<int32_t> sequence_ids;
};

/// Where to take tokens from when a pair of texts is too long.
enum class TruncationStrategy {
  longest_first,  ///< The longer one, until both are equally long.
  only_first,
  only_second,
};

/// Which end of a text is cut off.
enum class TruncationSide { right, left };

struct TokenizeOptions {
  size_t max_length = 0;  ///< Tokens at most, special ones included; 0: no limit.
  bool add_special_tokens = true;
  TruncationStrategy truncation_strategy = TruncationStrategy::longest_first;
  TruncationSide truncation_side = TruncationSide::right;
};

/// What offsets count: characters as in Python, or bytes of the UTF-8 text; whole characters in either case.
enum class OffsetUnit { characters, bytes };

struct DecodeOptions {
  bool skip_special_tokens = false;
  /// Takes out spaces before punctuation and English contractions afterwards.
  bool clean_up_tokenization_spaces = false;
};

/// What a person wants to know of a tokenizer.
struct TokenizerDescription {
  std::string model;        ///< "WordPiece", "BPE", ..., or the class of a word tokenizer
  size_t vocabulary = 0;    ///< tokens, added ones included
  bool lower_case = false;  ///< "A" is read as "a"
  std::vector<std::pair<std::string, int32_t>> special_tokens{};
};

/// Makes token ids of text, exactly as Hugging Face's `tokenizers` does with the same tokenizer.json: added tokens are
/// cut out, the rest is normalized, cut into pieces, and each piece given to a model; special tokens are put around.
/// What the file says of truncation and padding is not obeyed: sentence-transformers overrides both.
///
/// Const methods are safe to call from many threads. Loading costs milliseconds to a second; do it once.
class Tokenizer {
 public:
  /// `model`: a directory, or a name on the Hub, as SentenceTransformer takes it; read as from_directory() does.
  /// THROWS: as that; network, access_denied.
  explicit Tokenizer(const std::string& model, const LoadOptions& options = {});
  /// THROWS: not_found, io; corrupt_data if the file is not a tokenizer, unsupported for a part this version does not
  /// know; both name the file and the part.
  static Tokenizer from_file(const std::filesystem::path& tokenizer_json);
  /// The same from what such a file holds; `where` begins error messages.
  static Tokenizer from_json(std::string_view json, const std::string& where = "tokenizer.json");
  /// From a model directory, as transformers opens it: its tokenizer.json, or vocab.txt, vocab.json and merges.txt, or
  /// a sentencepiece model, with what tokenizer_config.json says of special tokens and options. THROWS: as `from_file`.
  static Tokenizer from_directory(const std::filesystem::path& directory);

  Tokenizer(Tokenizer&&) noexcept;
  Tokenizer& operator=(Tokenizer&&) noexcept;
  ~Tokenizer();

  /// THROWS: corrupt_data if `utf8` is not valid UTF-8; invalid_argument if `max_length` has no room for the special
  /// tokens.
  Encoding encode(std::string_view utf8, const TokenizeOptions& options = {}) const;

  /// Two texts in one sequence, such as a question and an answer. THROWS: as `encode`; invalid_argument if the strategy
  /// of truncation cannot make them short enough.
  Encoding encode_pair(std::string_view first, std::string_view second, const TokenizeOptions& options = {}) const;

  /// The same ids as `encode`, or with a `second` text `encode_pair`, and where in the texts they come from. Several
  /// times slower. THROWS: the same.
  TracedEncoding encode_with_offsets(std::string_view first, std::optional<std::string_view> second = {},
                                     const TokenizeOptions& options = {},
                                     OffsetUnit unit = OffsetUnit::characters) const;

  /// All of a text that is too long: first what `encode_with_offsets` keeps, then windows of equal length over the
  /// rest, each beginning with the last `stride` tokens of the one before ("overflowing tokens" in Python). Of a pair
  /// each window of one text is there with each of the other. Unlike in Python all windows have the same type ids.
  /// THROWS: the same; invalid_argument if the stride leaves no room.
  std::vector<TracedEncoding> encode_windows(std::string_view first, std::optional<std::string_view> second,
                                             size_t stride, const TokenizeOptions& options,
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

  explicit Tokenizer(std::unique_ptr<text::TokenizerImplementation> implementation);

 private:
  std::unique_ptr<text::TokenizerImplementation> implementation_;
};

}  // namespace sbert
