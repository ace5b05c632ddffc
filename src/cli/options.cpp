#include "cli/options.h"

#include <unistd.h>

#include "base/threads.h"
#include "cli/tables.h"
#include "cli/usage_error.h"

namespace sbert::cli {

void declare_model(Flags& flags, ModelFlags& values) {
  flags.group("model");
  flags
      .value("--model", "M", values.model,
             "a model: its directory, or its name on the Hugging Face Hub (org/name or org/name@revision; a bare name "
             "means sentence-transformers/name), which is downloaded if the Hugging Face cache does not have it")
      .required();
  flags.value("--threads", "N", values.threads, "default: $SBERT_THREADS, else the cores this process may use");
}

void declare_precision(Flags& flags, ModelFlags& values) {
  flags.group("model");
  flags.value("--precision", "P", values.precision,
              "auto (default: bf16 on CPUs that multiply it natively, else f32), f32 or bf16");
}

void apply_threads(const std::optional<uint64_t>& threads) {
  if (!threads) return;
  if (*threads == 0 || *threads > 1024) fail_usage("--threads: must be from 1 to 1024, not ", *threads);
  set_thread_count(static_cast<int>(*threads));
}

LoadOptions load_options(Console& console) {
  return {.progress = console.progress(), .notice = [&console](const std::string& text) { console.note(text); }};
}

SentenceTransformer open_model(const ModelFlags& values, bool quiet) {
  apply_threads(values.threads);
  Console console(quiet, false);
  return SentenceTransformer(values.model, load_options(console));
}

void declare_prompts(Flags& flags, EncodeFlags& values) {
  flags.group("embeddings");
  flags.value("--prompt", "S", values.prompt, "put before every text");
  flags.value("--prompt-name", "N", values.prompt_name,
              "put the model's prompt of this name before every text ('sbert info' lists them)");
  flags.value("--task", "T", values.task,
              "query or document: the prompt, and in models with a Router the route, that the model has for queries or "
              "for what they search; or the name of another route");
}

void declare_shape(Flags& flags, EncodeFlags& values) {
  flags.group("embeddings");
  flags.toggle("--normalize", values.normalize, "scale every embedding to length 1");
  flags.value("--truncate-dim", "D", values.truncate_dim, "keep only the first D coordinates");
}

EncodeOptions encode_options(const ModelFlags& model, const EncodeFlags& values) {
  if (values.prompt && values.prompt_name) {
    fail_usage("--prompt and --prompt-name: choose one; the first gives the text itself, the second names one");
  }
  const bool searches = values.task == "query" || values.task == "document";
  return {.prompt = values.prompt,
          .prompt_name = searches && !values.prompt && !values.prompt_name ? values.task : values.prompt_name,
          .task = values.task,
          .normalize = values.normalize,
          .truncate_dim = values.truncate_dim,
          .precision = model.precision};
}

void declare_table(Flags& flags, TableFlags& values) {
  flags.toggle("--no-header", values.header, "csv and tsv: the first row is data; columns are numbers from 0", false);
  flags.toggle("--no-quoting", values.quoting, "csv and tsv: a quotation mark is a character like any other", false);
}

void declare_input(Flags& flags, InputFlags& values) {
  flags.group("input");
  flags.value("--input", "F", values.input,
              "one text a line, or a table (.jsonl .csv .tsv .parquet), each perhaps .gz, or a data set of the Hugging "
              "Face Hub "
              "(hf:org/name:split); default: - (stdin)");
  flags.value("--column", "C", values.column,
              "the table's column with the texts: a name, or a number from 0; default: the only one, 'text' or "
              "'sentence'");
  flags.value("--format", "X", values.format, "text, jsonl, csv, tsv or parquet; default: by the file's name");
  declare_table(flags, values.table);
}

TableOptions table_options(const InputFlags& values) {
  TableOptions options{.format = values.format, .header = values.table.header, .quoting = values.table.quoting};
  options.following = values.following;
  if (values.column) options.columns = {{*values.column, *values.column}};
  return options;
}

void prepare_input(InputFlags& values, Console& console) {
  const DataFiles files = fetch_data(values.input, console);
  values.input = files.front().string();
  values.following.assign(files.begin() + 1, files.end());
  if (values.input == "-" && isatty(STDIN_FILENO) != 0) {
    console.note("reading texts from the terminal, one a line; Ctrl-D ends");
  }
}

void declare_quiet(Flags& flags, bool& quiet) {
  flags.group("other");
  flags.toggle("--quiet", quiet, "no progress and no notes on stderr");
}

}  // namespace sbert::cli
