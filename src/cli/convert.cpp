#include "model/convert.h"

#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/console.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/output.h"
#include "hub/pull.h"

namespace sbert::cli {

namespace {

struct ConvertCommand {
  std::string from, to;
  StoredDType dtype = StoredDType::f32;
  bool quiet = false;
};

void convert(const ConvertCommand& command) {
  require_new(command.from, command.to);
  require_writable_directory(command.to, 0);
  Console console(command.quiet, false);
  const SentenceTransformer model(command.from, load_options(console));
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
  declare_quiet(flags, command->quiet);
  return [command] { convert(*command); };
}

}  // namespace

const Command kConvert{
    .name = "convert",
    .summary = "rewrites a model: old layouts and formats, other precisions",
    .examples =
        R"(  sbert convert ./model-of-2020 ./model                   pytorch_model.bin, 0_BERT/ and the like to today's layout
  sbert convert all-mpnet-base-v2 ./half-as-large --dtype bf16
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
