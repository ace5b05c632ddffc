#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/format.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/display.h"
#include "cli/options.h"
#include "cli/output.h"
#include "hub/pull.h"
#include "model/implementation.h"
#include "nn/router.h"

namespace sbert::cli {

namespace {

struct InfoCommand {
  std::string model;
  bool json = false;
  bool parameters = false;
};

struct RouteInfo;

struct ModuleInfo {
  std::string type;
  OrderedJson config, details;
  nn::Dimensions out;
  uint64_t parameters = 0;
  std::map<std::string, uint64_t> file_bytes{};  ///< weights on disk, by element type
  std::vector<RouteInfo> routes{};               ///< of a Router
};

struct RouteInfo {
  std::string name;
  bool is_default;
  std::vector<ModuleInfo> modules{};
};

struct ModelInfo {
  std::string directory;
  TokenizerDescription tokenizer;
  std::vector<ModuleInfo> modules{};
  std::map<std::string, uint64_t> file_bytes{};
  std::map<std::string, uint64_t> memory_bytes{};  ///< of the weights while encoding, by precision
  uint64_t parameters = 0;
  std::string precision{};                ///< the default one on this machine
  std::vector<std::string> not_finite{};  ///< parameters that hold NaN or infinity
};

void add_file_bytes(const LoadedModule& loaded, std::map<std::string, uint64_t>& bytes_by_type) {
  for (const LoadedModule& part : loaded.parts)
    add_file_bytes(part, bytes_by_type);
  if (loaded.files == nullptr) return;
  for (const StoredTensor& tensor : loaded.files->tensors())
    bytes_by_type[tensor.dtype_name] += tensor.bytes.size();
}

std::vector<RouteInfo> inspect_routes(const LoadedModule& loaded, const nn::Router& router, nn::Dimensions in);

ModuleInfo inspect(const LoadedModule& loaded, const nn::Dimensions& in) {
  const nn::Module& module = *loaded.module;
  ModuleInfo info{
      .type = module.type(), .config = module.config(), .details = module.details(), .out = module.dimensions(in)};
  for (const ParameterPtr& parameter : module.parameters())
    info.parameters += static_cast<uint64_t>(parameter_size(*parameter));
  add_file_bytes(loaded, info.file_bytes);
  if (const auto* router = dynamic_cast<const nn::Router*>(&module)) info.routes = inspect_routes(loaded, *router, in);
  return info;
}

std::vector<RouteInfo> inspect_routes(const LoadedModule& loaded, const nn::Router& router, nn::Dimensions in) {
  std::vector<RouteInfo> routes;
  for (const auto& route : router.routes()) {
    RouteInfo& info = routes.emplace_back(RouteInfo{route.name, route.name == router.default_route()});
    for (const auto& module : route.modules) {
      const auto part = std::ranges::find(loaded.parts, module, &LoadedModule::module);
      info.modules.push_back(inspect(*part, info.modules.empty() ? in : info.modules.back().out));
    }
  }
  return routes;
}

bool all_finite(const float* values, int64_t count) {
  return std::all_of(values, values + count, [](float value) { return std::isfinite(value); });
}

/// "0.encoder.layer.0.output.dense.weight"
std::vector<std::string> find_not_finite(const ModelImplementation& model) {
  std::vector<std::string> names;
  for (const auto& leaf : model.leaves()) {
    for (const ParameterPtr& parameter : leaf.module->module->parameters()) {
      const float* values = parameter->value.data<float>();
      for (const Parameter::Part& part : parameter->parts) {
        const int64_t count = element_count(part.shape);
        if (!all_finite(values, count)) names.push_back(leaf.prefix + part.name);
        values += count;
      }
    }
  }
  return names;
}

ModelInfo inspect(const ModelImplementation& model, const std::string& directory) {
  ModelInfo info{.directory = directory, .tokenizer = model.input().describe_tokenizer()};
  for (const LoadedModule& loaded : model.modules()) {
    const auto in = info.modules.empty() ? nn::Dimensions() : info.modules.back().out;
    const ModuleInfo& module = info.modules.emplace_back(inspect(loaded, in));
    info.parameters += module.parameters;
    for (const auto& [type, bytes] : module.file_bytes)
      info.file_bytes[type] += bytes;
  }
  info.memory_bytes = {{"f32", model.weight_bytes(DType::f32)}, {"bf16", model.weight_bytes(DType::bf16)}};
  info.not_finite = find_not_finite(model);
  info.precision = gemm_dtype(Precision::automatic) == DType::bf16 ? "bf16" : "f32";
  return info;
}

/// Null where a module made nothing of this kind.
OrderedJson dimension_or_null(int64_t dimension) {
  return dimension == 0 ? OrderedJson(nullptr) : OrderedJson(dimension);
}

OrderedJson to_json(const ModuleInfo& module) {
  OrderedJson json{{"type", module.type},
                   {"parameters", module.parameters},
                   {"file_bytes", module.file_bytes},
                   {"token_dimension", dimension_or_null(module.out.tokens)},
                   {"sentence_dimension", dimension_or_null(module.out.sentence)},
                   {"config", module.config},
                   {"details", module.details}};
  for (const RouteInfo& route : module.routes) {
    for (const ModuleInfo& part : route.modules)
      json["routes"][route.name].push_back(to_json(part));
  }
  return json;
}

OrderedJson to_json(const TokenizerDescription& tokenizer) {
  OrderedJson special = OrderedJson::object();
  for (const auto& [token, id] : tokenizer.special_tokens)
    special[token] = id;
  return {{"model", tokenizer.model},
          {"vocabulary", tokenizer.vocabulary},
          {"lower_case", tokenizer.lower_case},
          {"special_tokens", special}};
}

OrderedJson to_json(const ModelInfo& info, const SentenceTransformer& model) {
  OrderedJson modules = OrderedJson::array();
  for (const ModuleInfo& module : info.modules)
    modules.push_back(to_json(module));
  const auto& prompt = model.default_prompt_name();
  return {{"directory", info.directory},
          {"embedding_dimension", model.embedding_dimension()},
          {"max_seq_length", model.max_seq_length()},
          {"similarity_function", to_string(model.similarity_function())},
          {"parameters", info.parameters},
          {"file_bytes", info.file_bytes},
          {"memory_bytes", info.memory_bytes},
          {"default_precision", info.precision},
          {"not_finite", info.not_finite},
          {"tokenizer", to_json(info.tokenizer)},
          {"modules", modules},
          {"prompts", model.prompts()},
          {"default_prompt_name", prompt ? OrderedJson(*prompt) : OrderedJson(nullptr)}};
}

std::string megabytes(uint64_t bytes) {
  constexpr uint64_t kRounded = 10'000'000;
  if (bytes >= kRounded) return format_count((bytes + 500'000) / 1'000'000) + " MB";
  return format_count((bytes + 500) / 1000) + " kB";
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
  return types.empty() ? "no weights" : concat(megabytes(total), " (", types, ")");
}

/// "91 MB in f32, 57 MB in bf16 (the default here)"
std::string describe_memory(const ModelInfo& info) {
  std::string text;
  for (const char* precision : {"f32", "bf16"}) {
    text += concat(text.empty() ? "" : ", ", megabytes(info.memory_bytes.at(precision)), " in ", precision,
                   info.precision == precision ? " (the default here)" : "");
  }
  return text;
}

std::string describe_tokenizer(const TokenizerDescription& tokenizer) {
  constexpr size_t kShown = 8;
  std::string text = concat(tokenizer.model, ", ", format_count(tokenizer.vocabulary), " tokens");
  if (tokenizer.lower_case) text += ", lower case";
  for (size_t i = 0; i < std::min(kShown, tokenizer.special_tokens.size()); ++i) {
    const auto& [token, id] = tokenizer.special_tokens[i];
    text += concat(i == 0 ? ", special: " : ", ", token, " ", id);
  }
  return text + (tokenizer.special_tokens.size() > kShown ? ", ..." : "");
}

/// "max_seq_length 256, pooling_mode [mean, max]": what is switched on or is a value, but no lists of many.
std::string describe_config(const OrderedJson& config) {
  constexpr size_t kShown = 8;
  std::string text;
  for (const auto& [key, value] : config.items()) {
    if (value == false || value.is_object() || (value.is_array() && value.size() > kShown)) continue;
    text += (text.empty() ? "" : ", ") + key;
    if (value != true) text += concat(" ", value.is_string() ? value.get<std::string>() : value.dump());
  }
  return text;
}

std::string describe_dimensions(const nn::Dimensions& out) {
  if (out.sentence != 0) return concat("[", out.sentence, "]");
  return concat("[tokens, ", out.tokens, "]");
}

void print_modules(std::ostream& out, const std::vector<ModuleInfo>& modules, const std::string& indent) {
  for (size_t i = 0; i < modules.size(); ++i) {
    const ModuleInfo& module = modules[i];
    out << indent << padded_left(std::to_string(i), 3) << "  " << padded_right(module.type, 16)
        << padded_right(describe_dimensions(module.out), 16) << padded_left(format_count(module.parameters), 13)
        << " parameters\n";
    for (const OrderedJson& more : {module.details, module.config}) {
      if (const std::string text = describe_config(more); !text.empty()) out << indent << "     " << text << '\n';
    }
    for (const RouteInfo& route : module.routes) {
      out << indent << "     route " << route.name << (route.is_default ? " (default)" : "") << '\n';
      print_modules(out, route.modules, indent + "     ");
    }
  }
}

void print_text(std::ostream& out, const ModelInfo& info, const SentenceTransformer& model) {
  print_row(out, "model", info.directory);
  print_row(out, "embedding",
            concat(model.embedding_dimension(), " dimensions, compared by ", to_string(model.similarity_function())));
  const size_t limit = model.max_seq_length();
  print_row(out, "texts", limit == 0 ? "of any length" : concat("up to ", format_count(limit), " tokens"));
  print_row(out, "tokenizer", describe_tokenizer(info.tokenizer));
  print_row(out, "parameters", format_count(info.parameters));
  print_row(out, "on disk", describe_files(info.file_bytes));
  print_row(out, "in memory", describe_memory(info));
  if (!info.not_finite.empty()) {
    print_row(out, "not finite",
              concat("NaN or infinity in ", info.not_finite.size(), " parameters, such as ", info.not_finite.front(),
                     ": embeddings will not be numbers"));
  }
  out << "\nmodules\n";
  print_modules(out, info.modules, "");
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
  const ModelInfo info = inspect(model.implementation(), hub::find_model(command.model)->string());
  write_stdout([&](std::ostream& out) {
    if (command.json) {
      out << to_json(info, model).dump(2) << '\n';
    } else {
      print_text(out, info, model);
    }
  });
}

std::function<void()> declare_info(Flags& flags) {
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
                    .declare = declare_info};

}  // namespace sbert::cli
