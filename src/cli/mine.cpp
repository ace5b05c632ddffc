#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <sbert/search.h>

#include "cli/command.h"
#include "cli/display.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/usage_error.h"
#include "data/texts.h"

namespace sbert::cli {

namespace {

struct MineCommand {
  ModelFlags model;
  InputFlags input;
  EncodeFlags encode;
  SimilarityFunction function = SimilarityFunction::cosine;
  uint64_t top_k = 100;
  std::string output = "-";
  bool quiet = false;
};

void print_pairs(std::ostream& out, const std::vector<MinedPair>& pairs, const std::vector<std::string>& texts) {
  for (const MinedPair& pair : pairs) {
    char score[64];
    std::snprintf(score, sizeof score, "%.6f", static_cast<double>(pair.score));
    out << score << '\t' << pair.first << '\t' << pair.second << '\t' << tsv_field(texts[pair.first]) << '\t'
        << tsv_field(texts[pair.second]) << '\n';
  }
}

void mine(MineCommand& command) {
  if (command.top_k == 0) fail_usage("--top-k: must be at least 1");
  require_writable(command.output);
  EncodeOptions options = encode_options(command.model, command.encode);
  Console console(command.quiet, false);
  const SentenceTransformer model = open_model(command.model, command.quiet);
  prepare_input(command.input, console);
  const std::vector<std::string> texts = read_texts(command.input.input, table_options(command.input));
  options.progress = console.progress();
  const Embeddings embeddings = model.encode(texts, options);
  console.end_line();
  const std::vector<MinedPair> pairs = mine_pairs(embeddings, command.top_k, command.function);
  write_output(command.output, [&](std::ostream& out) { print_pairs(out, pairs, texts); });
}

std::function<void()> declare_mine(Flags& flags) {
  auto command = std::make_shared<MineCommand>();
  declare_model(flags, command->model);
  declare_precision(flags, command->model);
  declare_input(flags, command->input);
  flags.group("output");
  flags.value("--top-k", "N", command->top_k, "how many pairs, most similar first; default: 100");
  flags.value("--similarity", "S", command->function, "cosine (default), dot, euclidean or manhattan");
  flags.value("--output", "F", command->output, "default: - (stdout)");
  declare_prompts(flags, command->encode);
  declare_quiet(flags, command->quiet);
  return [command] { mine(*command); };
}

}  // namespace

const Command kMine{
    .name = "mine",
    .summary = "the most similar pairs among many texts",
    .examples = R"(  sbert mine --model all-MiniLM-L6-v2 --input questions.txt --top-k 20
  sbert mine --model ./my-model --input rows.csv --column title --output pairs.tsv
)",
    .notes =
        R"(Each line is score<TAB>i<TAB>j<TAB>text i<TAB>text j, with i < j the positions of the texts, from 0. Exact:
every pair is compared. In a text, \t \n \r \\ stand for a tab, line ends and a backslash.
)",
    .declare = declare_mine};

}  // namespace sbert::cli
