#include "text/pre_tokenizers/registry.h"

#include <array>
#include <string_view>

namespace sbert::text {

namespace {

struct PreTokenizerEntry {
  std::string_view type;
  std::unique_ptr<PreTokenizer> (*make)(const Json& config, const std::string& where);
};

constexpr std::array kPreTokenizers = {
    PreTokenizerEntry{"BertPreTokenizer", make_bert_pre_tokenizer},
    PreTokenizerEntry{"ByteLevel", make_byte_level},
    PreTokenizerEntry{"CharDelimiterSplit", make_char_delimiter_split},
    PreTokenizerEntry{"Digits", make_digits},
    PreTokenizerEntry{"FixedLength", make_fixed_length},
    PreTokenizerEntry{"Metaspace", make_metaspace},
    PreTokenizerEntry{"Punctuation", make_punctuation},
    PreTokenizerEntry{"Sequence", make_pre_tokenizer_sequence},
    PreTokenizerEntry{"Split", make_split},
    PreTokenizerEntry{"UnicodeScripts", make_unicode_scripts},
    PreTokenizerEntry{"Whitespace", make_whitespace},
    PreTokenizerEntry{"WhitespaceSplit", make_whitespace_split},
};

}  // namespace

std::unique_ptr<PreTokenizer> make_pre_tokenizer(const Json& config, const std::string& where) {
  if (config.is_null()) return nullptr;
  const auto type = json_required<std::string>(config, "type", where);
  for (const PreTokenizerEntry& entry : kPreTokenizers) {
    if (entry.type == type) return entry.make(config, where + ": " + type);
  }
  fail(ErrorCode::unsupported, where, ": pre-tokenizer '", type, "' is not known to this version");
}

char32_t read_character(const Json& config, const char* key, const std::string& where) {
  const auto text = json_required<std::string>(config, key, where);
  if (text.empty() || decode_utf8(text, 0).size != text.size()) {
    fail(ErrorCode::corrupt_data, where, ": '", key, "' should be one character");
  }
  return decode_utf8(text, 0).value;
}

}  // namespace sbert::text
