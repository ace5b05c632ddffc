#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

#include "cli/command.h"
#include "cli/display.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/usage_error.h"

namespace sbert::cli {

namespace {

struct SimilarityCommand {
  ModelFlags model;
  EncodeFlags encode;
  SimilarityFunction function = SimilarityFunction::cosine;
  std::vector<std::string> texts;
};

constexpr size_t kLabelWidth = 40;
constexpr size_t kCellWidth = 9;

std::string format_score(float score) {
  char text[64];
  std::snprintf(text, sizeof text, "%.4f", static_cast<double>(score));
  return text;
}

/// For people: columns are numbered as the rows are, so that long texts do not make the table wide.
void print_aligned(std::ostream& out, const std::vector<std::string>& texts, const Embeddings& scores) {
  size_t width = 0;
  for (const std::string& text : texts)
    width = std::max(width, std::min(display_width(text), kLabelWidth));
  out << std::string(width + 4, ' ');
  for (size_t j = 0; j < texts.size(); ++j)
    out << padded_left(std::to_string(j + 1), kCellWidth);
  out << '\n';
  for (size_t i = 0; i < texts.size(); ++i) {
    out << padded_left(std::to_string(i + 1), 3) << ' ' << padded_right(shortened(texts[i], kLabelWidth), width);
    for (const float score : scores[i])
      out << padded_left(format_score(score), kCellWidth);
    out << '\n';
  }
}

/// For programs.
void print_tsv(std::ostream& out, const std::vector<std::string>& texts, const Embeddings& scores) {
  for (const std::string& text : texts)
    out << '\t' << tsv_field(text);
  out << '\n';
  for (size_t i = 0; i < texts.size(); ++i) {
    out << tsv_field(texts[i]);
    for (const float score : scores[i])
      out << '\t' << format_score(score);
    out << '\n';
  }
}

void compare(const SimilarityCommand& command) {
  if (command.texts.size() < 2) fail_usage("at least two texts are needed, there is only '", command.texts[0], "'");
  const EncodeOptions options = encode_options(command.model, command.encode);
  const SentenceTransformer model = open_model(command.model);
  const Embeddings embeddings = model.encode(command.texts, options);
  const Embeddings scores = similarity(embeddings, embeddings, command.function);
  write_stdout(
      [&](std::ostream& out) { (isatty(STDOUT_FILENO) != 0 ? print_aligned : print_tsv)(out, command.texts, scores); });
}

std::function<void()> declare_similarity(Flags& flags) {
  auto command = std::make_shared<SimilarityCommand>();
  flags.arguments("TEXT", command->texts, "the texts to compare, each with each").required();
  declare_model(flags, command->model);
  declare_precision(flags, command->model);
  declare_prompts(flags, command->encode);
  flags.value("--similarity", "S", command->function, "cosine (default), dot, euclidean or manhattan");
  return [command] { compare(*command); };
}

}  // namespace

const Command kSimilarity{
    .name = "similarity",
    .summary = "how similar texts are, each with each",
    .examples = R"(  sbert similarity --model all-MiniLM-L6-v2 'a cat' 'a kitten' 'a car'
  sbert similarity --model ./my-model --similarity dot -- '-- a text that begins with dashes' 'another'
)",
    .notes =
        R"(On a terminal an aligned table; otherwise tab-separated with the texts as header and first column (\t \n \r \\
stand for a tab, line ends and a backslash in a text).
)",
    .declare = declare_similarity};

}  // namespace sbert::cli
