#include "model/convert.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/console.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/usage_error.h"
#include "hub/pull.h"

namespace sbert::cli {

namespace {

/// "query=query: "
struct NamedPrompt {
  std::string name, text;
};

void read_value(std::string_view text, NamedPrompt& value) {
  const size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) fail_usage("'", text, "' should be NAME=TEXT");
  value = {std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

struct ConvertCommand {
  std::string from, to;
  StoredDType dtype = StoredDType::f32;
  std::vector<NamedPrompt> prompts;
  std::optional<std::string> default_prompt;
  std::optional<SimilarityFunction> similarity;
  std::optional<uint64_t> truncate_dim;
  bool quiet = false;
};

/// A prompt without text goes.
std::map<std::string, std::string> changed(std::map<std::string, std::string> prompts,
                                           const std::vector<NamedPrompt>& changes) {
  for (const NamedPrompt& change : changes) {
    prompts[change.name] = change.text;
    if (change.text.empty()) prompts.erase(change.name);
  }
  return prompts;
}

void apply_settings(const ConvertCommand& command, SentenceTransformer& model) {
  if (!command.prompts.empty()) model.set_prompts(changed(model.prompts(), command.prompts));
  if (command.default_prompt) {
    model.set_default_prompt_name(command.default_prompt->empty() ? std::nullopt : command.default_prompt);
  }
  if (command.similarity) model.set_similarity_function(*command.similarity);
  if (command.truncate_dim) model.set_truncate_dim(*command.truncate_dim);
}

void convert(const ConvertCommand& command) {
  require_new(command.from, command.to);
  require_writable_directory(command.to, 0);
  Console console(command.quiet, false);
  SentenceTransformer model(command.from, load_options(console));
  apply_settings(command, model);
  const InterruptGuard guard;
  convert_model(model.implementation(), *hub::find_model(command.from), command.to, command.dtype,
                throw_if_interrupted);
}

std::function<void()> declare_convert(Flags& flags) {
  auto command = std::make_shared<ConvertCommand>();
  flags.argument("IN", command->from, "a directory, or a name on the Hub; it is only read").required();
  flags.argument("OUT", command->to, "the directory to be made").required();
  flags.group("output");
  flags.value("--dtype", "TYPE", command->dtype, "f32, bf16 or f16: what weights are stored as; default: f32");
  flags.group("what the model does unless it is told otherwise");
  flags.values("--prompt", "NAME=TEXT", command->prompts,
               "the prompt of this name, as 'query=query: '; without TEXT it goes; may be given many times");
  flags.value("--default-prompt", "NAME", command->default_prompt,
              "the prompt that is put before all texts; '' for none");
  flags.value("--similarity", "S", command->similarity, "cosine, dot, euclidean or manhattan");
  flags.value("--truncate-dim", "D", command->truncate_dim, "keep only the first D coordinates; 0: all");
  declare_quiet(flags, command->quiet);
  return [command] { convert(*command); };
}

}  // namespace

const Command kConvert{
    .name = "convert",
    .summary = "rewrites a model: old layouts and formats, other precisions, prompts and the like",
    .examples =
        R"(  sbert convert ./model-of-2020 ./model                   pytorch_model.bin, 0_BERT/ and the like to today's layout
  sbert convert all-mpnet-base-v2 ./half-as-large --dtype bf16
  sbert convert ./my-e5 ./e5-with-prompts --prompt 'query=query: ' --prompt 'document=passage: '
)",
    .notes =
        R"(OUT is a directory that sentence-transformers 2.x to 6.x and we open, with weights in model.safetensors. Files beside
the model's own, such as a README, come along; weights in other formats (ONNX, TensorFlow, ...) do not. OUT appears whole or
not at all. No code in a pytorch_model.bin is run.
bf16 and f16 halve the file. We compute with them as --precision says. Python computes as the file is stored, from version 5 of
transformers on: SentenceTransformer(OUT, model_kwargs={"dtype": "float32"}) has it compute in float32, as we do.
)",
    .declare = declare_convert};

}  // namespace sbert::cli
