#include "text/pre_tokenizers/registry.h"

#include <array>
#include <string_view>

namespace sbert::text {

namespace {

struct Entry {
  std::string_view type;
  std::unique_ptr<PreTokenizer> (*make)(const Json& config, const std::string& where);
};

constexpr std::array kPreTokenizers = {
    Entry{"BertPreTokenizer", make_bert_pre_tokenizer},
    Entry{"Sequence", make_pre_tokenizer_sequence},
    Entry{"WhitespaceSplit", make_whitespace_split},
};

}  // namespace

std::unique_ptr<PreTokenizer> make_pre_tokenizer(const Json& config, const std::string& where) {
  if (config.is_null()) return nullptr;
  const auto type = json_required<std::string>(config, "type", where);
  for (const Entry& entry : kPreTokenizers) {
    if (entry.type == type) return entry.make(config, where + ": " + type);
  }
  fail(ErrorCode::unsupported, where, ": pre-tokenizer '", type, "' is not known to this version");
}

}  // namespace sbert::text
