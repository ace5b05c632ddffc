#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/display.h"
#include "cli/options.h"
#include "cli/output.h"
#include "hub/pull.h"
#include "model/implementation.h"
#include "nn/transformer.h"

namespace sbert::cli {

namespace {

struct InfoCommand {
  std::string model;
  bool json = false;
  bool parameters = false;
};

struct ModuleInfo {
  std::string type;
  OrderedJson config;
  uint64_t parameters = 0;
};

struct ModelInfo {
  std::string directory;
  std::vector<ModuleInfo> modules;
  OrderedJson architecture;                    ///< of the encoder; null if there is none
  std::map<std::string, uint64_t> file_bytes;  ///< weights on disk, by element type
  uint64_t parameters = 0;
  uint64_t memory_bytes = 0;  ///< of the weights while encoding with the default precision
  std::string precision;      ///< the default one on this machine
};

OrderedJson describe_encoder(const nn::EncoderShape& shape) {
  return {{"layers", shape.layers},
          {"hidden_size", shape.hidden_size},
          {"attention_heads", shape.attention_heads},
          {"intermediate_size", shape.intermediate_size},
          {"vocabulary", shape.vocab_size}};
}

ModelInfo inspect(const SentenceTransformer& model, const std::string& directory) {
  const bool bf16 = gemm_dtype(Precision::automatic) == DType::bf16;
  ModelInfo info;
  info.directory = directory;
  info.precision = bf16 ? "bf16" : "f32";
  for (const LoadedModule& loaded : model.implementation().modules()) {
    ModuleInfo& module = info.modules.emplace_back(ModuleInfo{loaded.module->type(), loaded.module->config()});
    for (const ParameterPtr& parameter : loaded.module->parameters()) {
      const auto size = static_cast<uint64_t>(parameter_size(*parameter));
      module.parameters += size;
      info.memory_bytes += size * (bf16 && parameter->gemm_weight ? 6 : 4);
    }
    info.parameters += module.parameters;
    if (const auto* transformer = dynamic_cast<const nn::Transformer*>(loaded.module.get())) {
      info.architecture = describe_encoder(transformer->encoder().shape());
    }
    if (loaded.files == nullptr) continue;
    for (const StoredTensor& tensor : loaded.files->tensors())
      info.file_bytes[tensor.dtype_name] += tensor.bytes.size();
  }
  return info;
}

OrderedJson to_json(const ModelInfo& info, const SentenceTransformer& model) {
  OrderedJson modules = OrderedJson::array();
  for (const ModuleInfo& module : info.modules) {
    modules.push_back({{"type", module.type}, {"parameters", module.parameters}, {"config", module.config}});
  }
  const auto& prompt = model.default_prompt_name();
  return {{"directory", info.directory},
          {"embedding_dimension", model.embedding_dimension()},
          {"max_seq_length", model.max_seq_length()},
          {"similarity_function", to_string(model.similarity_function())},
          {"parameters", info.parameters},
          {"file_bytes", info.file_bytes},
          {"memory_bytes", info.memory_bytes},
          {"default_precision", info.precision},
          {"architecture", info.architecture},
          {"modules", modules},
          {"prompts", model.prompts()},
          {"default_prompt_name", prompt ? OrderedJson(*prompt) : OrderedJson(nullptr)}};
}

std::string megabytes(uint64_t bytes) {
  return format_count((bytes + 500'000) / 1'000'000) + " MB";
}

void print_row(std::ostream& out, const std::string& name, const std::string& value) {
  out << padded_right(name, 12) << value << '\n';
}

/// "91 MB (F32, I64)"
std::string describe_files(const std::map<std::string, uint64_t>& bytes_by_type) {
  uint64_t total = 0;
  std::string types;
  for (const auto& [type, bytes] : bytes_by_type) {
    total += bytes;
    types += (types.empty() ? "" : ", ") + type;
  }
  return concat(megabytes(total), " (", types, ")");
}

/// "max_seq_length 256, do_lower_case false": what is switched on or is a value.
std::string describe_config(const OrderedJson& config) {
  std::string text;
  for (const auto& [key, value] : config.items()) {
    if (value == false || value.is_structured()) continue;
    text += (text.empty() ? "" : ", ") + key;
    if (value != true) text += concat(" ", value.is_string() ? value.get<std::string>() : value.dump());
  }
  return text;
}

void print_text(std::ostream& out, const ModelInfo& info, const SentenceTransformer& model) {
  print_row(out, "model", info.directory);
  print_row(out, "embedding",
            std::to_string(model.embedding_dimension()) + " dimensions, compared by " +
                std::string(to_string(model.similarity_function())));
  const size_t limit = model.max_seq_length();
  print_row(out, "texts", limit == 0 ? "of any length" : concat("up to ", format_count(limit), " tokens"));
  print_row(out, "parameters", format_count(info.parameters));
  print_row(out, "on disk", describe_files(info.file_bytes));
  print_row(out, "in memory", megabytes(info.memory_bytes) + " with precision " + info.precision);
  if (!info.architecture.is_null()) print_row(out, "encoder", describe_config(info.architecture));
  out << "\nmodules\n";
  for (size_t i = 0; i < info.modules.size(); ++i) {
    const ModuleInfo& module = info.modules[i];
    out << padded_left(std::to_string(i), 3) << "  " << padded_right(module.type, 14)
        << padded_left(format_count(module.parameters), 13) << " parameters";
    if (const std::string config = describe_config(module.config); !config.empty()) out << "  " << config;
    out << '\n';
  }
  const auto is_text = [](const auto& prompt) { return !prompt.second.empty(); };
  if (std::ranges::none_of(model.prompts(), is_text)) return;
  out << "\nprompts\n";
  for (const auto& [name, text] : model.prompts()) {
    if (text.empty()) continue;
    out << "  " << padded_right(name, 14) << OrderedJson(text).dump()
        << (model.default_prompt_name() == name ? "  (default)" : "") << '\n';
  }
}

/// "0.embeddings.word_embeddings.weight  [30522, 384]": the names that `train --freeze` takes, module in front.
void print_parameters(std::ostream& out, const SentenceTransformer& model) {
  for (const auto& leaf : model.implementation().leaves()) {
    for (const ParameterPtr& parameter : leaf.module->module->parameters()) {
      for (const Parameter::Part& part : parameter->parts)
        out << leaf.prefix << part.name << "  " << OrderedJson(part.shape).dump() << '\n';
    }
  }
}

void show(const InfoCommand& command) {
  Console console(false, false);
  const SentenceTransformer model(command.model, load_options(console));
  if (command.parameters) return write_stdout([&](std::ostream& out) { print_parameters(out, model); });
  const ModelInfo info = inspect(model, hub::find_model(command.model)->string());
  write_stdout([&](std::ostream& out) {
    if (command.json) {
      out << to_json(info, model).dump(2) << '\n';
    } else {
      print_text(out, info, model);
    }
  });
}

std::function<void()> declare(Flags& flags) {
  auto command = std::make_shared<InfoCommand>();
  flags.argument("MODEL", command->model, "a directory, or a name on the Hub").required();
  flags.group("output");
  flags.toggle("--json", command->json, "one JSON object");
  flags.toggle("--parameters", command->parameters, "only the names and shapes of all parameters, one a line");
  return [command] { show(*command); };
}

}  // namespace

const Command kInfo{.name = "info",
                    .summary = "what a model is made of: modules, sizes, prompts",
                    .examples = R"(  sbert info all-MiniLM-L6-v2
  sbert info ./my-model --json | jq .embedding_dimension
)",
                    .notes = "",
                    .declare = declare};

}  // namespace sbert::cli
