#include <memory>
#include <optional>
#include <string>

#include <sbert/hub.h>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/values.h"

namespace sbert::cli {

namespace {

struct PushCommand {
  std::string directory, repository;
  PushOptions options;
  std::optional<Names> train_datasets{};
  bool quiet = false;
};

void push(PushCommand& command) {
  Console console(command.quiet, false);
  const LoadOptions shown = load_options(console);
  command.options.progress = shown.progress;
  command.options.notice = shown.notice;
  if (command.train_datasets) command.options.train_datasets = command.train_datasets->list;
  const PushResult result = push_to_hub(command.directory, command.repository, command.options);
  console.end_line();
  write_stdout([&](std::ostream& out) { out << result.url << '\n'; });
}

std::function<void()> declare_push(Flags& flags) {
  auto command = std::make_shared<PushCommand>();
  PushOptions& options = command->options;
  flags.argument("DIR", command->directory, "a model's directory").required();
  flags.argument("REPO", command->repository, "name, or owner/name: created if there is none").required();
  flags.group("where");
  flags.value("--organization", "O", options.organization, "owner of the repository; default: you");
  flags.toggle("--private", options.private_repo, "a new repository is for its owner only; a public one gets nothing");
  flags.value("--revision", "R", options.revision, "a branch, made if there is none; default: main");
  flags.toggle("--create-pr", options.create_pr,
               "a pull request instead of a commit; others' repositories take it, too");
  flags.group("what");
  flags.value("--message", "S", options.commit_message, "of the commit; default: " + options.commit_message);
  flags.value("--train-datasets", "A,B,..", command->train_datasets,
              "data sets of the Hub that the model was trained on; they are named in the model card");
  flags.toggle("--replace-model-card", options.replace_model_card,
               "replace the README.md of the repository, which is kept otherwise");
  declare_quiet(flags, command->quiet);
  return [command] { push(*command); };
}

}  // namespace

const Command kPush{
    .name = "push",
    .summary = "upload a model to the Hugging Face Hub",
    .examples = R"(  sbert push runs/demo my-model
  sbert push runs/demo acme/my-model --private --train-datasets embedding-data/QQP_triplets
  sbert push runs/demo acme/my-model --create-pr --message 'Trained on more data'
)",
    .notes =
        R"(Prints the address of the commit, or of the pull request. Files that the Hub has already are not sent, so a push
that broke off can be repeated. Checkpoints (checkpoint-*), .git and .cache are not sent. 'sbert login' comes first.
)",
    .declare = declare_push};

}  // namespace sbert::cli
