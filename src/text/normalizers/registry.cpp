#include "text/normalizers/registry.h"

#include <array>
#include <string_view>

namespace sbert::text {

namespace {

struct Entry {
  std::string_view type;
  std::unique_ptr<Normalizer> (*make)(const Json& config, const std::string& where);
};

constexpr std::array kNormalizers = {
    Entry{"BertNormalizer", make_bert_normalizer},
    Entry{"ByteLevel", make_byte_level_normalizer},
    Entry{"Lowercase", make_lowercase},
    Entry{"NFC", make_nfc},
    Entry{"NFD", make_nfd},
    Entry{"NFKC", make_nfkc},
    Entry{"NFKD", make_nfkd},
    Entry{"Nmt", make_nmt},
    Entry{"Precompiled", make_precompiled},
    Entry{"Prepend", make_prepend},
    Entry{"Replace", make_replace},
    Entry{"Sequence", make_normalizer_sequence},
    Entry{"Strip", make_strip},
    Entry{"StripAccents", make_strip_accents},
};

}  // namespace

std::unique_ptr<Normalizer> make_normalizer(const Json& config, const std::string& where) {
  if (config.is_null()) return nullptr;
  const auto type = json_required<std::string>(config, "type", where);
  for (const Entry& entry : kNormalizers) {
    if (entry.type == type) return entry.make(config, where + ": " + type);
  }
  fail(ErrorCode::unsupported, where, ": normalizer '", type, "' is not known to this version");
}

}  // namespace sbert::text
