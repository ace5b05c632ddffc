#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "base/directories.h"
#include "base/format.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/declare_settings.h"
#include "cli/interrupt.h"
#include "cli/log_place.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/rereadable_stdin.h"
#include "cli/train_log.h"
#include "cli/train_settings.h"
#include "cli/usage_error.h"
#include "data/data_address.h"
#include "data/data_files.h"
#include "hub/cache.h"
#include "hub/front_matter.h"
#include "losses/registry.h"
#include "model/card_file.h"
#include "model/implementation.h"
#include "model/save.h"

namespace sbert::cli {

namespace {

struct TrainCommand {
  TrainSettings settings;
  std::vector<EvaluationSettings> evaluations;  ///< from flags; win over those of the config file
  bool quiet = false;
};

uint64_t weight_bytes(const SentenceTransformer& model) {
  uint64_t bytes = 0;
  for (const ParameterPtr& parameter : model.implementation().parameters())
    bytes += static_cast<uint64_t>(parameter_size(*parameter)) * sizeof(float);
  return bytes;
}

SentenceTransformer model_to_train(const TrainSettings& settings, Console& console) {
  if (settings.modules) return make_model(*settings.modules, settings.seed.value_or(FitOptions().seed));
  return SentenceTransformer(*settings.model, load_options(console));
}

/// What a report calls it.
std::string name_of_data(const std::string& file) {
  if (file == "-") return "standard input";
  return is_hub_address(file) ? file : std::filesystem::path(file).filename().string();
}

/// Where the data is on the Hub, if it comes from there.
DataDescription describe_origin(const std::string& name, const TableSettings& table) {
  DataDescription description{.name = name};
  if (const auto cached = hub::find_cached_repo(table_file(table));
      cached && cached->id.kind == hub::RepoKind::dataset) {
    description.dataset = cached->id.name;
    description.revision = cached->commit;
    description.languages = hub::languages_of(readme_in(cached->snapshot));
  }
  return description;
}

/// Reads an objective's data, which `description` begins to describe, and says what is remarkable about it;
/// `check_only`: with its first rows on stdout.
Objective open_objective(const ObjectiveSettings& settings, const SentenceTransformer& model, uint64_t seed,
                         DataDescription description, bool check_only, Console& console) {
  const losses::Loss loss = losses::make_loss(settings.loss->name, settings.loss->options, model);
  const losses::LossFunction& function = *loss.implementation();
  const std::string& file = *settings.data.table.data;
  TrainingData data = read_training_data(settings.data, function, seed);
  const DataLoaderOptions options = loader_options(settings.data, function);
  console.note(concat(file, ": ", format_count(data.count), " examples, ", options.batch_size, " a step, ",
                      settings.loss->name));
  if (data.skipped_rows > 0) {
    console.note(concat(file, ": left out ", format_count(data.skipped_rows), data.skipped_rows == 1 ? " row" : " rows",
                        ", where lists are too short or the label is missing"));
  }
  if (!data.classes.empty()) console.note(concat(file, ": ", data.classes.size(), " classes"));
  for (const Finding& finding : data.findings) {
    if (finding.severity == Finding::Severity::warning) console.note(concat(file, ": ", finding.message));
  }
  std::vector<std::string> tasks, prompts;
  if (settings.prompts) prompts = prompts_of_columns(*settings.prompts, data.columns);
  if (settings.router_mapping) tasks = tasks_of_columns(*settings.router_mapping, data.columns);
  const std::string rows = preview(data.first, data.columns, data.classes);
  if (check_only) {
    write_stdout([&](std::ostream& out) { out << rows; });
  } else if (!data.findings.empty()) {
    console.note(concat(file, ":\n", rows.substr(0, rows.size() - 1)));
  }
  throw_on_error(data.findings, data.first, data.columns, file);
  description.columns = std::move(data.columns);
  description.classes = std::move(data.classes);
  return {.data = DataLoader(std::move(data.examples), options),
          .loss = loss,
          .weight = settings.weight.value_or(1),
          .prompts = std::move(prompts),
          .router_mapping = std::move(tasks),
          .description = std::move(description)};
}

/// Of the first objective that has one.
TrainedClassifier trained_classifier(const std::vector<Objective>& objectives) {
  for (const Objective& objective : objectives) {
    if (!objective.loss.implementation()->classifies()) continue;
    return {
        .classify = [loss = objective.loss](const auto& columns) { return loss.implementation()->classify(columns); },
        .classes = objective.description.classes};
  }
  return {};
}

std::string format_metric(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.4f", value);
  return text;
}

std::string format_bytes(uint64_t bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f GiB", static_cast<double>(bytes) / 0x1p30);
  return text;
}

void print_plan(const FitPlan& plan) {
  const auto duration = [&](uint64_t steps) {
    return format_duration(plan.seconds_per_epoch * static_cast<double>(steps) /
                           static_cast<double>(plan.steps_per_epoch));
  };
  write_stdout([&](std::ostream& out) {
    out << "steps: " << format_count(plan.steps_per_epoch) << " an epoch, " << format_count(plan.total_steps)
        << " in all\ntokens: " << format_count(plan.tokens_per_epoch) << " an epoch, at most "
        << format_count(plan.largest_batch_tokens) << " a batch\npieces: ";
    if (plan.piece_tokens == 0) {
      out << "every batch fits as a whole\n";
    } else {
      out << "batches are computed in up to " << format_count(plan.pieces_per_batch) << " pieces of "
          << format_count(plan.piece_tokens) << " tokens, with the same gradients\n";
    }
    out << "memory: " << format_bytes(plan.peak_bytes) << " at most, of " << format_bytes(plan.budget_bytes) << " ("
        << format_bytes(plan.fixed_bytes) << " fixed, " << format_count(plan.bytes_per_token >> 10)
        << " KiB a token)\ntime: " << duration(plan.steps_per_epoch) << " an epoch, " << duration(plan.total_steps)
        << " in all, without evaluations\n";
  });
}

/// Tells the user, and the log, how the run goes.
class Reporter {
 public:
  Reporter(Console& console, TrainLog& log, std::filesystem::path csv_directory)
      : console_(console), log_(log), csv_directory_(std::move(csv_directory)) {}

  void evaluation(const EvaluationReport& report) {
    log_.add(report);
    add_to_csv(report);
    console_.note(concat(report.step == 0 ? "before training" : "step " + format_count(report.step), ": ",
                         report.result.primary, " ", format_metric(report.result.primary_value())));
  }

  void summary(const FitResult& result, const std::string& output, bool reported) {
    const double rate = static_cast<double>(result.tokens) / std::max(result.seconds, 1e-9);
    console_.note(concat(result.stopped ? "stopped after " : "trained ", format_count(result.steps), " steps, ",
                         format_count(result.tokens), " tokens in ", format_duration(result.seconds), " (",
                         format_count(static_cast<uint64_t>(rate)), " tokens/s), last loss ",
                         format_metric(result.final_loss)));
    if (result.before && result.after) {
      console_.note(concat(result.after->result.primary, ": ", format_metric(result.before->result.primary_value()),
                           " before, ", format_metric(result.after->result.primary_value()), " after"));
    }
    if (result.stopped_early) console_.note("stopped early: evaluations did not get better any more");
    console_.note(concat("saved in ", output, reported ? ", with report.html" : ""));
  }

  /// What could not be written does not cost the training; it is said here. THROWS: io.
  void finish(const FitResult& result) {
    log_.finish();
    if (!csv_error_.empty()) fail(ErrorCode::io, "the evaluations are incomplete: ", csv_error_);
    if (!result.report_error.empty()) fail(ErrorCode::io, "the report is incomplete: ", result.report_error);
  }

 private:
  void add_to_csv(const EvaluationReport& report) {
    if (!csv_error_.empty()) return;
    try {
      evaluation::append_csv(csv_directory_, report.result, report.epoch, static_cast<int64_t>(report.step));
    } catch (const Error& error) {
      csv_error_ = error.what();
    }
  }

  Console& console_;
  TrainLog& log_;
  std::filesystem::path csv_directory_;
  std::string csv_error_;
};

/// Who goes on with what was trained (`sbert train ... && sbert push ...`) must not take a part for the whole.
/// THROWS: cancelled; failed if it diverged.
void require_whole(const FitResult& result, const std::string& output) {
  if (result.diverged) {
    fail(ErrorCode::io, "step ", result.steps + 1, ": the loss or its gradients are no numbers; ",
         result.steps > 0 ? concat(output, " has the model of the step before: ") : "nothing was learnt: ",
         "try a smaller --lr, and look for scores that are no numbers");
  }
  if (result.stopped) {
    fail(ErrorCode::cancelled, "stopped after step ", result.steps, "; the model so far is saved in ", output,
         ", and the same command with --resume goes on from here");
  }
}

void train(TrainCommand& command, const Flags& flags) {
  TrainSettings& settings = command.settings;
  if (!command.evaluations.empty()) settings.evaluations = command.evaluations;
  complete(settings, flags);
  check_log(settings);
  const bool trains = !settings.check && !settings.plan;
  if (trains) require_writable_directory(*settings.output, 0);
  std::optional<LockedDirectory> lock;
  if (trains) lock.emplace(*settings.output);

  Console console(command.quiet, false);
  apply_threads(settings.threads);
  SentenceTransformer model = model_to_train(settings, console);
  if (trains) {
    require_writable_directory(*settings.output, weight_bytes(model));
    require_place_for_model(model.implementation(), *settings.output);
  }
  FitOptions options = fit_options(settings);
  // Beside what is trained there is room, if somewhere; but who sets TMPDIR knows better.
  if (settings.output && std::getenv("TMPDIR") == nullptr)
    options.temporary_directory = directory_for(std::filesystem::path(*settings.output) / "x");
  std::vector<Objective> objectives;
  for (ObjectiveSettings& objective : settings.objectives) {
    std::string& file = *objective.data.table.data;
    const std::string name = name_of_data(file);
    if (std::error_code none; std::filesystem::is_fifo(file, none)) {
      fail_usage(file, " is a pipe, and the data is read more than once: give it on standard input, with --data -");
    }
    if (file == "-") file = rereadable_stdin(options.temporary_directory);
    fetch_data(objective.data.table, console);
    objectives.push_back(open_objective(objective, model, options.seed, describe_origin(name, objective.data.table),
                                        settings.check, console));
  }
  if (settings.check) return;
  options.evaluator = open_evaluations(settings.evaluations, trained_classifier(objectives), console);
  if (settings.plan) return print_plan(model.plan_fit(objectives, options));
  TrainLog log(settings.log, settings.resume);
  Reporter reporter(console, log, std::filesystem::path(*settings.output) / "eval");
  // Until something was learnt there is nothing to save: then Ctrl-C ends the command at once.
  bool learning = false;
  options.on_step = [&](const StepReport& report) {
    learning = true;
    log.add(report);
  };
  options.on_evaluation = [&](const EvaluationReport& report) { reporter.evaluation(report); };
  options.progress = [&](const Progress& progress) {
    if (!learning) throw_if_interrupted();
    console.show(progress);
  };
  options.evaluate_first = options.evaluator != nullptr;
  options.stop = &interrupted();

  const InterruptGuard guard;
  const FitResult result = model.fit(objectives, options);
  // Of nothing but the model that it began with there is nothing to save.
  if (result.steps > 0) model.save(*settings.output);
  if (read_card(*settings.output) != model.implementation().card) {
    console.note(concat("kept README.md, which somebody wrote or changed; the new model card is ", kCardBeside,
                        ": rename it to README.md to use it"));
  }
  reporter.summary(result, *settings.output, !options.report_directory.empty() && result.report_error.empty());
  reporter.finish(result);
  require_whole(result, *settings.output);
}

std::function<void()> declare_train(Flags& flags) {
  auto command = std::make_shared<TrainCommand>();
  TrainSettings& settings = command->settings;
  flags.argument("config.yaml", "a file with these settings; flags win over it",
                 [&settings](std::string_view path) { read_config(path, settings); });
  flags.group("what to train");
  flags.value("--model", "M", settings.model,
              "the model to begin with: its directory, or its name on the Hugging Face Hub");
  flags.value("--modules", "M,..", settings.modules,
              "instead of it, the parts of a new one, in their order, from the modules below: "
              "Transformer:distilroberta-base,Pooling:mean,Dense:256");
  flags.group("data and loss");
  visit_settings(settings.objective, DeclareFlags(flags));
  flags.toggle("--check", settings.check,
               "only look at the data: say what is remarkable, and print the first examples");
  flags.toggle("--plan", settings.plan, "only say what the run would take: steps, tokens, memory, time");
  flags.group("optimiser");
  visit_optimizer(settings, DeclareFlags(flags));
  flags.group("run");
  flags.values(
      "--eval", "KIND:F[:C]", command->evaluations,
      "measure before, during and after training: a kind, a file and its columns, as sts:dev.jsonl:a,b,score; "
      "may be given many times; each evaluation is a row of the CSV files in DIR/eval of --output, too; kinds: " +
          describe_kinds());
  visit_run(settings, DeclareFlags(flags));
  declare_quiet(flags, command->quiet);
  flags.list(loss_list());
  flags.list(module_help());
  return [command, &flags] { train(*command, flags); };
}

}  // namespace

const Command kTrain{
    .name = "train",
    .summary = "fine-tune a model on your data",
    .examples = R"(  sbert train --model all-MiniLM-L6-v2 --data pairs.jsonl --columns question,answer \
      --loss MultipleNegativesRankingLoss --batch-size 64 --output runs/qa
  sbert train --model all-MiniLM-L6-v2 --data sts-train.csv --no-header --no-quoting \
      --columns sentence1=5,sentence2=6,score=4 --scale score=0.2 --loss CosineSimilarityLoss \
      --epochs 4 --warmup-ratio 0.1 --eval sts:sts-dev.csv:sentence1=5,sentence2=6,score=4 --output runs/sts
  sbert train --model all-MiniLM-L6-v2 --data qqp_triplets.jsonl --columns set.query,set.pos,set.neg \
      --negatives random --loss MultipleNegativesRankingLoss --batches no-duplicates --output runs/qqp
  sbert train --model all-MiniLM-L6-v2 --data captions.jsonl --rows pairs --positives all \
      --loss MultipleNegativesRankingLoss --check
  sbert train --model distilroberta-base --data hf:sentence-transformers/all-nli/triplet --max-steps 1000 \
      --loss MultipleNegativesRankingLoss --eval triplet:hf:sentence-transformers/all-nli/triplet:dev --output runs/nli
  sbert train --modules Transformer:distilroberta-base,Pooling:mean,Dense:256 --data pairs.jsonl \
      --loss MultipleNegativesRankingLoss --output runs/new
  sbert train config.yaml --lr 1e-5 --output runs/slower
)",
    .notes =
        R"(Ctrl-C finishes the step and saves the model; a second one stops at once. So do SIGTERM and a terminal that goes away.
The exit status is then 130, 143 or 129, for the training is not done; it is 1 if the loss is no number any more.
--no-header and --no-quoting hold for
the files of --eval too. Files are looked for in the current directory.

config.yaml holds the same settings, with underscores, and may have several objectives, trained in turn:
  model: all-MiniLM-L6-v2
  output: runs/demo
  epochs: 1
  lr: 2e-5
  warmup_ratio: 0.1
  objectives:
    - {data: sts.jsonl, columns: {sentence1: a, sentence2: b, score: score}, loss: CosineSimilarityLoss}
    - {data: pairs.jsonl, columns: [question, answer], batch_size: 64,
       loss: {name: MultipleNegativesRankingLoss, scale: 20}}
  eval: [{kind: sts, data: dev.jsonl, columns: [sentence1, sentence2, score]}]
)",
    .declare = declare_train};

}  // namespace sbert::cli
