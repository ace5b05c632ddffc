#include <memory>
#include <string>

#include "base/json.h"
#include "cli/command.h"
#include "cli/declare_settings.h"
#include "cli/evaluations.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/usage_error.h"

namespace sbert::cli {

namespace {

struct EvalCommand {
  ModelFlags model;
  EncodeFlags encode;
  EvaluationSettings task;
  std::string output;
  bool quiet = false;
};

void evaluate(const EvalCommand& command) {
  if (!command.task.table.data) fail_usage("--data is missing: the file to evaluate on");
  EncodeOptions options = encode_options(command.model, command.encode);
  require_writable("-");
  require_writable(command.output);
  Console console(command.quiet, false);
  const auto evaluator = open_evaluation(command.task, {}, console);
  const SentenceTransformer model = open_model(command.model, command.quiet);
  options.progress = console.progress();
  const evaluation::EvaluationResult result = (*evaluator)(model, options);
  console.end_line();
  const std::string text = metrics_json(result).dump(2) + "\n";
  if (!command.output.empty()) {
    write_output(command.output, [&](std::ostream& out) { out << text; });
  }
  write_stdout([&](std::ostream& out) { out << text; });
}

std::function<void()> declare_eval(Flags& flags) {
  auto command = std::make_shared<EvalCommand>();
  declare_model(flags, command->model);
  declare_precision(flags, command->model);
  flags.group("task");
  flags.value("--task", "T", command->task.kind, describe_kinds()).required();
  visit_settings(command->task.table, DeclareFlags(flags));
  visit_settings(command->task, DeclareFlags(flags));
  flags.group("output");
  flags.value("--output", "F", command->output, "a file that gets the same JSON as stdout");
  declare_prompts(flags, command->encode);
  flags.value("--truncate-dim", "D", command->encode.truncate_dim, "keep only the first D coordinates");
  declare_quiet(flags, command->quiet);
  return [command] { evaluate(*command); };
}

}  // namespace

const Command kEval{
    .name = "eval",
    .summary = "how good a model is at a task",
    .examples = R"(  sbert eval --model all-MiniLM-L6-v2 --task sts --data dev.jsonl --columns sentence1,sentence2,score
  sbert eval --model ./my-model --task sts --data sts-test.csv --format tsv --no-header --no-quoting \
      --columns sentence1=5,sentence2=6,score=4 --output sts.json
  sbert eval --model ./my-model --task ir --data questions.jsonl --columns query,answer --corpus more-answers.txt
  sbert eval --model ./my-model --task ir --data beir/scifact
)",
    .notes =
        R"(Prints one JSON object; the metrics have the names of sentence-transformers: pearson_cosine, spearman_cosine,
cosine_accuracy@1, cosine_mrr@10, ...
)",
    .declare = declare_eval};

}  // namespace sbert::cli
