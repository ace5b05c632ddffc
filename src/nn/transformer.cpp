#include "nn/transformer.h"

#include <algorithm>
#include <utility>

#include "base/fail.h"
#include "base/files.h"
#include "text/directory.h"

namespace sbert::nn {
namespace {

/// THROWS: unsupported if the checkpoint says that its encoder is a class in a file of its own.
void refuse_own_code(const Json& config, const std::string& where) {
  const Json map = json_value(config, "auto_map", Json::object(), where);
  const auto own = map.is_object() ? map.find("AutoModel") : map.end();
  if (own == map.end() || !own->is_string()) return;
  fail(ErrorCode::unsupported, where, ": auto_map: the encoder is ", own->get<std::string>(),
       ", code of the model's own, which is never run");
}

/// One token between the two special ones.
constexpr int64_t kMinSequence = 3;

}  // namespace

Transformer::Transformer(const Architecture& architecture, std::unique_ptr<Encoder> encoder, Tokenizer tokenizer)
    : architecture_(architecture), encoder_(std::move(encoder)), tokenizer_(std::move(tokenizer)) {}

std::shared_ptr<Transformer> Transformer::open(const std::filesystem::path& directory, const std::string& model_type) {
  const std::filesystem::path config_path = directory / "config.json";
  std::string config_text = read_regular_file(config_path);
  const Json config = parse_json(config_text, config_path.string());
  const auto type = model_type.empty() ? json_required<std::string>(config, "model_type", config_path.string())
                                       : json_value(config, "model_type", model_type, config_path.string());
  const auto& kind = architecture(type, config_path.string());
  refuse_own_code(config, config_path.string());
  auto encoder = kind.make(config, config_path.string());

  auto tokenizer = Tokenizer::from_directory(directory);
  std::shared_ptr<Transformer> transformer(new Transformer(kind, std::move(encoder), std::move(tokenizer)));
  transformer->output_hidden_states_ = json_value(config, "output_hidden_states", false, config_path.string());
  transformer->apply(read_transformer_config(directory), directory);
  transformer->source_ = directory;
  transformer->config_text_ = std::move(config_text);
  transformer->tokenizer_files_ = text::read_tokenizer_files(directory);
  return transformer;
}

void Transformer::apply(const TransformerConfig& config, const std::filesystem::path& directory) {
  if (config.do_lower_case) set_lower_case();
  int64_t length = config.max_seq_length;
  if (length == 0) {
    length = encoder_->shape().max_tokens;
    const auto tokenizer_config = directory / "tokenizer_config.json";
    if (is_there(tokenizer_config)) {
      // Absent limits are written as 1e30 there.
      const auto limit =
          json_value<double>(read_json_file(tokenizer_config), "model_max_length", 1e30, tokenizer_config.string());
      if (limit >= 1 && limit < static_cast<double>(length)) length = static_cast<int64_t>(limit);
    }
  }
  max_seq_length_ = std::min(length, encoder_->shape().max_tokens);
  if (max_seq_length_ < kMinSequence) {
    fail(ErrorCode::corrupt_data, config.file.string(), ": 'max_seq_length' is ", max_seq_length_, ", but must be ",
         kMinSequence, " at least");
  }
}

void Transformer::set_lower_case() {
  if (!do_lower_case_) tokenizer_.prepend_lowercase();
  do_lower_case_ = true;
}

void Transformer::set_max_seq_length(int64_t tokens) {
  if (tokens < kMinSequence || tokens > encoder_->shape().max_tokens) {
    fail(ErrorCode::invalid_argument, "max_seq_length must be between ", kMinSequence, " and ",
         encoder_->shape().max_tokens, " for this model, not ", tokens);
  }
  max_seq_length_ = tokens;
}

InputModule::Tokens Transformer::tokenize(std::string_view text, bool truncate) const {
  auto encoding = tokenizer_.encode(text, {.max_length = truncate ? static_cast<size_t>(max_seq_length_) : 0});
  require_embeddings(*this, encoding.ids, encoder_->shape().vocab_size);
  return {std::move(encoding.ids), encoding.truncated};
}

std::string Transformer::token(int32_t id) const {
  return std::string(tokenizer_.id_to_token(id));
}

int64_t Transformer::prompt_length(std::string_view prompt) const {
  const auto ids = tokenize(prompt, true).ids;
  const auto count = static_cast<int64_t>(ids.size());
  return count != 0 && tokenizer_.is_special(ids.back()) ? count - 1 : count;
}

void Transformer::forward(Execution& run, Features& features) const {
  run.dropout_first_row = static_cast<uint64_t>(features.batch.before.tokens);
  const bool keep_layers = features.keep_layers || output_hidden_states_;
  features.token_embeddings =
      encoder_->forward(run, features.batch, keep_layers ? &features.layer_embeddings : nullptr);
}

Dimensions Transformer::dimensions(const Dimensions&) const {
  return {.tokens = encoder_->shape().hidden_size, .layers = output_hidden_states_ ? layer_count() + 1 : 0};
}

OrderedJson Transformer::config() const {
  return {{"max_seq_length", max_seq_length_}, {"do_lower_case", do_lower_case_}};
}

OrderedJson Transformer::details() const {
  const EncoderShape& shape = encoder_->shape();
  return {{"architecture", architecture_.model_type},
          {"layers", shape.layers},
          {"hidden_size", shape.hidden_size},
          {"attention_heads", shape.attention_heads},
          {"intermediate_size", shape.intermediate_size},
          {"vocabulary", shape.vocab_size},
          {"longest_text", shape.max_tokens}};
}

std::vector<std::pair<std::string, std::string>> Transformer::files() const {
  std::vector<std::pair<std::string, std::string>> kept;
  OrderedJson config = parse_ordered_json(config_text_, "config.json");
  if (!config.contains("model_type")) config["model_type"] = architecture_.model_type;
  if (output_hidden_states_) config["output_hidden_states"] = true;
  kept.emplace_back("config.json", config.dump(2) + "\n");
  kept.insert(kept.end(), tokenizer_files_.begin(), tokenizer_files_.end());
  return kept;
}

}  // namespace sbert::nn
