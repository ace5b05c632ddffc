#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/fail.h"
#include "base/json.h"
#include "base/threads.h"
#include "cli/command.h"
#include "cli/json_text.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/usage_error.h"
#include "data/cell.h"
#include "data/texts.h"

namespace sbert::cli {

namespace {

struct TokenizeCommand {
  ModelFlags model;
  InputFlags input;
  std::optional<std::string> pair{};
  std::string output = "-", task;
  bool offsets = false;
  bool special_tokens = true;
  bool truncation = true;
  bool decode = false;
  bool quiet = false;
};

constexpr size_t kTokenizedTexts = 1024;

/// One text, or two in one sequence.
struct Input {
  std::string first;
  std::optional<std::string> second{};
};

class InputReader {
 public:
  explicit InputReader(const TokenizeCommand& command) {
    TableOptions options = table_options(command.input);
    if (command.pair) {
      options.columns.push_back({*command.pair, *command.pair});
      pairs_.emplace(command.input.input, options);
    } else {
      texts_.emplace(command.input.input, options);
    }
  }

  /// Overwrites `inputs` with the next ones; false if there were none left.
  bool next(std::vector<Input>& inputs) {
    inputs.clear();
    if (texts_) {
      texts_->next(more_, kTokenizedTexts);
      for (std::string& text : more_)
        inputs.push_back({std::move(text)});
    } else {
      while (inputs.size() < kTokenizedTexts && pairs_->next(row_)) {
        const auto take = [this](size_t i) {
          return take_text(std::move(row_[i]), pairs_->columns()[i].role, pairs_->where());
        };
        inputs.push_back({take(0), take(1)});
      }
    }
    return !inputs.empty();
  }

 private:
  std::optional<TextReader> texts_;
  std::optional<TableReader> pairs_;
  std::vector<std::string> more_;
  std::vector<Value> row_;
};

/// Appends `"key":[...]`, with what `append(i)` appends for each item.
template <class Append>
void append_list(std::string& line, const char* key, size_t size, Append append) {
  line += concat(line.size() > 1 ? "," : "", '"', key, "\":[");
  for (size_t i = 0; i < size; ++i) {
    if (i > 0) line += ',';
    append(i);
  }
  line += ']';
}

void append_numbers(std::string& line, const char* key, const std::vector<int32_t>& numbers) {
  append_list(line, key, numbers.size(),
              [&](size_t i) { line += numbers[i] < 0 ? "null" : std::to_string(numbers[i]); });
}

void append_tokens(std::string& line, const std::vector<int32_t>& ids, const std::vector<std::string>& tokens) {
  append_numbers(line, "ids", ids);
  append_list(line, "tokens", tokens.size(), [&](size_t i) { append_json_string(line, tokens[i]); });
}

/// What the model itself makes of a text; any model can.
std::string plain_line(const SentenceTransformer& model, const Input& input, const TokenizeCommand& command) {
  const TokenizedText text = model.tokenize(input.first, command.truncation, command.task);
  std::string line = "{";
  append_tokens(line, text.ids, text.tokens);
  return line + "}\n";
}

std::string line_with_places(const Tokenizer& tokenizer, const Input& input, const TokenizeOptions& options,
                             bool offsets) {
  const TracedEncoding encoding = tokenizer.encode_with_offsets(input.first, input.second, options);
  std::vector<std::string> tokens;
  for (const int32_t id : encoding.ids)
    tokens.push_back(tokenizer.id_to_token(id));
  std::string line = "{";
  append_tokens(line, encoding.ids, tokens);
  if (input.second) {
    append_numbers(line, "type_ids", encoding.type_ids);
    append_numbers(line, "sequence_ids", encoding.sequence_ids);
  }
  if (offsets) {
    append_list(line, "offsets", encoding.offsets.size(),
                [&](size_t i) { line += concat('[', encoding.offsets[i].begin, ',', encoding.offsets[i].end, ']'); });
    append_numbers(line, "word_ids", encoding.word_ids);
  }
  return line + "}\n";
}

/// Calls `line_of` for each of `count` inputs, on all threads, and writes the lines in order.
template <class LineOf>
void write_lines(size_t count, const LineOf& line_of, const std::string& name, std::ostream& out) {
  std::vector<std::string> lines(count);
  parallel_for(static_cast<int64_t>(count), 16, [&](int64_t begin, int64_t end) {
    for (auto i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i)
      lines[i] = line_of(i);
  });
  for (const std::string& line : lines)
    out << line;
  check_output(out.flush(), name);
}

void write_tokens(const TokenizeCommand& command, const SentenceTransformer& model, std::ostream& out) {
  const bool plain = !command.pair && !command.offsets && command.special_tokens;
  if (!plain && !command.task.empty()) {
    fail_usage("--task chooses a route for ids and tokens only, without --pair, --offsets and --no-special-tokens");
  }
  const Tokenizer* const tokenizer = plain ? nullptr : &model.tokenizer();
  TokenizeOptions options = model.tokenize_options();
  if (!command.truncation) options.max_length = 0;
  if (!command.special_tokens) options.add_special_tokens = false;
  InputReader reader(command);
  for (std::vector<Input> inputs; reader.next(inputs);) {
    const auto line_of = [&](size_t i) {
      return plain ? plain_line(model, inputs[i], command)
                   : line_with_places(*tokenizer, inputs[i], options, command.offsets);
    };
    write_lines(inputs.size(), line_of, command.output, out);
  }
}

/// The ids of a line: a list, or an object with one, as this command writes it.
std::vector<int32_t> read_ids(const std::string& text, const std::string& where) {
  const Json line = parse_json(text, where);
  const Json list = line.is_object() && line.contains("ids") ? line["ids"] : line;
  std::vector<int32_t> ids;
  for (const Json& id : list.is_array() ? list : Json::array({nullptr})) {
    if (!id.is_number_integer() || id.get<int64_t>() < 0 || id.get<int64_t>() > INT32_MAX)
      fail(ErrorCode::corrupt_data, where, ": should be a list of ids, or {\"ids\":[...]}");
    ids.push_back(id.get<int32_t>());
  }
  return ids;
}

void write_texts(const TokenizeCommand& command, const SentenceTransformer& model, std::ostream& out) {
  const Tokenizer& tokenizer = model.tokenizer();
  TableReader reader(command.input.input, {.format = TableFormat::text});
  std::vector<Value> row;
  while (reader.next(row)) {
    const auto ids = read_ids(take_text(std::move(row[0]), "ids", reader.where()), reader.where());
    std::string line = "{\"text\":";
    append_json_string(line, tokenizer.decode(ids, {.skip_special_tokens = !command.special_tokens}));
    out << line << "}\n";
    check_output(out.flush(), command.output);
  }
}

void tokenize(TokenizeCommand& command) {
  if (command.pair && !command.input.column) fail_usage("--pair needs --column, the first text's column");
  if (command.decode && (command.pair || command.offsets)) fail_usage("--decode reads ids: no --pair, no --offsets");
  require_writable(command.output);
  Console console(command.quiet, true);
  const SentenceTransformer model = open_model(command.model, command.quiet);
  prepare_input(command.input, console);
  write_output(command.output, [&](std::ostream& out) {
    if (command.decode) {
      write_texts(command, model, out);
    } else {
      write_tokens(command, model, out);
    }
  });
}

std::function<void()> declare_tokenize(Flags& flags) {
  auto command = std::make_shared<TokenizeCommand>();
  declare_model(flags, command->model);
  declare_input(flags, command->input);
  flags.value("--pair", "C", command->pair, "another column, whose texts follow those of --column in one sequence");
  flags.group("output");
  flags.toggle("--offsets", command->offsets, "where in its text each token is, in characters, and of which word");
  flags.toggle("--no-special-tokens", command->special_tokens, "none around texts; with --decode: none in texts",
               false);
  flags.toggle("--no-truncation", command->truncation, "all tokens, also those behind the model's maximum", false);
  flags.toggle("--decode", command->decode, "texts of ids: --input has lines as this command writes them, or [1,2,3]");
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
  sbert tokenize --model ./my-model --input answers.tsv --column question --pair answer --offsets
  echo '[101,7592,102]' | sbert tokenize --model all-MiniLM-L6-v2 --decode --no-special-tokens
)",
    .notes =
        R"(One line a text: {"ids":[101,...],"tokens":["[CLS]",...]}, special tokens included, cut to the model's maximum.
--pair adds "type_ids" and "sequence_ids": 0 for the first text's tokens, 1 for the second's, null for special tokens.
--offsets adds "offsets": [begin,end] in characters of the text, and "word_ids": which word of it, or null.
--decode writes {"text":"..."}.
)",
    .declare = declare_tokenize};

}  // namespace sbert::cli
