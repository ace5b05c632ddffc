#include <memory>
#include <string>
#include <vector>

#include "base/fail.h"
#include "base/threads.h"
#include "cli/command.h"
#include "cli/json_text.h"
#include "cli/options.h"
#include "cli/output.h"
#include "data/texts.h"

namespace sbert::cli {

namespace {

struct TokenizeCommand {
  ModelFlags model;
  InputFlags input;
  std::string output = "-", task;
  bool truncation = true;
  bool quiet = false;
};

constexpr size_t kChunkTexts = 1024;

std::string json_line(const TokenizedText& text) {
  std::string line = "{\"ids\":[";
  for (size_t i = 0; i < text.ids.size(); ++i)
    line += concat(i > 0 ? "," : "", text.ids[i]);
  line += "],\"tokens\":[";
  for (size_t i = 0; i < text.tokens.size(); ++i) {
    if (i > 0) line += ',';
    append_json_string(line, text.tokens[i]);
  }
  return line + "]}\n";
}

void write_tokens(const TokenizeCommand& command, const SentenceTransformer& model, std::ostream& out) {
  TextReader reader(command.input.input, table_options(command.input));
  std::vector<std::string> texts, lines;
  while (reader.next(texts, kChunkTexts)) {
    lines.resize(texts.size());
    parallel_for(static_cast<int64_t>(texts.size()), 16, [&](int64_t begin, int64_t end) {
      for (auto i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i)
        lines[i] = json_line(model.tokenize(texts[i], command.truncation, command.task));
    });
    for (const std::string& line : lines)
      out << line;
    check_output(out.flush(), command.output);
  }
}

void tokenize(const TokenizeCommand& command) {
  Console console(command.quiet, true);
  const SentenceTransformer model = open_model(command.model, command.quiet);
  announce_input(command.input, console);
  write_output(command.output, [&](std::ostream& out) { write_tokens(command, model, out); });
}

std::function<void()> declare(Flags& flags) {
  auto command = std::make_shared<TokenizeCommand>();
  declare_model(flags, command->model);
  declare_input(flags, command->input);
  flags.group("output");
  flags.toggle("--no-truncation", command->truncation, "all tokens, also those behind the model's maximum", false);
  flags.value("--task", "T", command->task, "of a model with a Router: the route, such as query or document");
  flags.value("--output", "F", command->output, "default: - (stdout)");
  declare_quiet(flags, command->quiet);
  return [command] { tokenize(*command); };
}

}  // namespace

const Command kTokenize{
    .name = "tokenize",
    .summary = "the tokens that a model sees",
    .examples = R"(  echo 'Embeddings are vectors.' | sbert tokenize --model all-MiniLM-L6-v2
  sbert tokenize --model ./my-model --input texts.txt --no-truncation | jq '.ids | length'
)",
    .notes =
        R"(One line a text: {"ids":[101,...],"tokens":["[CLS]",...]}, special tokens included, cut to the model's maximum.
)",
    .declare = declare};

}  // namespace sbert::cli
