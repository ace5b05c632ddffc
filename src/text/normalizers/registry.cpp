#include "text/normalizers/registry.h"

#include <array>
#include <string_view>

namespace sbert::text {

namespace {

struct NormalizerEntry {
  std::string_view type;
  std::unique_ptr<Normalizer> (*make)(const Json& config, const std::string& where);
};

constexpr std::array kNormalizers = {
    NormalizerEntry{"BertNormalizer", make_bert_normalizer},
    NormalizerEntry{"ByteLevel", make_byte_level_normalizer},
    NormalizerEntry{"Lowercase", make_lowercase},
    NormalizerEntry{"NFC", make_nfc},
    NormalizerEntry{"NFD", make_nfd},
    NormalizerEntry{"NFKC", make_nfkc},
    NormalizerEntry{"NFKD", make_nfkd},
    NormalizerEntry{"Nmt", make_nmt},
    NormalizerEntry{"Precompiled", make_precompiled},
    NormalizerEntry{"Prepend", make_prepend},
    NormalizerEntry{"Replace", make_replace},
    NormalizerEntry{"Sequence", make_normalizer_sequence},
    NormalizerEntry{"Strip", make_strip},
    NormalizerEntry{"StripAccents", make_strip_accents},
};

}  // namespace

std::unique_ptr<Normalizer> make_normalizer(const Json& config, const std::string& where) {
  if (config.is_null()) return nullptr;
  const auto type = json_required<std::string>(config, "type", where);
  for (const NormalizerEntry& entry : kNormalizers) {
    if (entry.type == type) return entry.make(config, where + ": " + type);
  }
  fail(ErrorCode::unsupported, where, ": normalizer '", type, "' is not known to this version");
}

}  // namespace sbert::text
