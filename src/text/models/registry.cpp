#include "text/models/registry.h"

#include <array>
#include <string_view>

namespace sbert::text {

namespace {

struct ModelEntry {
  std::string_view type;
  std::unique_ptr<Model> (*make)(const Json& config, const std::string& where);
};

constexpr std::array kModels = {
    ModelEntry{"BPE", make_bpe},
    ModelEntry{"Unigram", make_unigram},
    ModelEntry{"WordLevel", make_word_level},
    ModelEntry{"WordPiece", make_wordpiece},
};

}  // namespace

/// Files written by early versions have no "type"; the keys tell.
std::string model_type(const Json& config, const std::string& where) {
  if (!config.is_object()) fail(ErrorCode::corrupt_data, where, ": should be an object");
  if (config.contains("type")) return json_required<std::string>(config, "type", where);
  if (config.contains("continuing_subword_prefix") && config.contains("max_input_chars_per_word")) return "WordPiece";
  if (config.contains("merges")) return "BPE";
  if (config.contains("unk_id")) return "Unigram";
  if (config.contains("unk_token")) return "WordLevel";
  fail(ErrorCode::corrupt_data, where, ": 'type' is missing");
}

std::unique_ptr<Model> make_model(const Json& config, const std::string& where) {
  const std::string type = model_type(config, where);
  for (const ModelEntry& entry : kModels) {
    if (entry.type == type) return entry.make(config, where + ": " + type);
  }
  fail(ErrorCode::unsupported, where, ": model '", type, "' is not known to this version");
}

}  // namespace sbert::text
