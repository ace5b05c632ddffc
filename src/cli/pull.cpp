#include <memory>
#include <string>

#include <sbert/hub.h>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/output.h"

namespace sbert::cli {

namespace {

struct PullCommand {
  std::string model, revision;
  bool all_files = false;
  bool quiet = false;
};

void pull(const PullCommand& command) {
  Console console(command.quiet, false);
  const LoadOptions load = load_options(console);
  const std::string directory = sbert::pull(command.model, {.revision = command.revision,
                                                            .all_files = command.all_files,
                                                            .progress = load.progress,
                                                            .notice = load.notice})
                                    .string();
  console.end_line();
  write_stdout([&](std::ostream& out) { out << directory << '\n'; });
}

std::function<void()> declare_pull(Flags& flags) {
  auto command = std::make_shared<PullCommand>();
  flags.argument("MODEL", command->model, "a name on the Hub: org/name, or org/name@revision").required();
  flags.group("what");
  flags.value("--revision", "R", command->revision, "a branch, tag or commit; default: main");
  flags.toggle("--all", command->all_files, "also the files for other programs: ONNX, OpenVINO, TensorFlow, pictures");
  declare_quiet(flags, command->quiet);
  return [command] { pull(*command); };
}

}  // namespace

const Command kPull{
    .name = "pull",
    .summary = "download a model from the Hugging Face Hub, or bring it up to date",
    .examples = R"(  sbert pull sentence-transformers/all-MiniLM-L6-v2
  sbert pull acme/my-model@v2
  M=$(sbert pull all-MiniLM-L6-v2) && cp -rL "$M" ./my-copy
)",
    .notes =
        R"(Prints the model's directory in the Hugging Face cache, which Python's tools share: ~/.cache/huggingface/hub, or
$HF_HUB_CACHE, or hub/ in $HF_HOME. All commands that take a MODEL download what is not there; 'pull' asks whether
there is something newer, too. What broke off goes on where it stopped. HF_TOKEN, HF_ENDPOINT, HF_HUB_OFFLINE and
https_proxy are obeyed; private and gated models want 'sbert login' first.
)",
    .declare = declare_pull};

}  // namespace sbert::cli
