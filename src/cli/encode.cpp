#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/fail.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/json_text.h"
#include "cli/npy.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/usage_error.h"
#include "data/texts.h"

namespace sbert::cli {

namespace {

struct EncodeCommand {
  ModelFlags model;
  InputFlags input;
  EncodeFlags encode;
  std::string output = "-";
  bool quiet = false;
};

/// Texts encoded at once: enough to sort by length for speed, few enough that memory does not grow with the input.
constexpr size_t kEncodedTexts = 8192;
constexpr size_t kChunkBytes = size_t{16} << 20;
constexpr size_t kReadAtOnce = 64;

/// Overwrites `chunk` with the next texts; false at the end.
bool next_chunk(TextReader& reader, std::vector<std::string>& chunk) {
  chunk.clear();
  std::vector<std::string> more;
  for (size_t bytes = 0; chunk.size() < kEncodedTexts && bytes < kChunkBytes && reader.next(more, kReadAtOnce);) {
    for (std::string& text : more) {
      bytes += text.size();
      chunk.push_back(std::move(text));
    }
  }
  return !chunk.empty();
}

/// Number of texts, if the input can be read twice. It costs a moment, shows the time left, and finds what is wrong
/// with the last line before hours are spent on the lines before it.
uint64_t count_texts(const EncodeCommand& command) {
  if (!std::filesystem::is_regular_file(command.input.input)) return 0;
  TextReader reader(command.input.input, table_options(command.input));
  std::vector<std::string> texts;
  uint64_t count = 0;
  while (reader.next(texts, kReadAtOnce))
    count += texts.size();
  return count;
}

uint64_t count_not_finite(const Embeddings& embeddings) {
  uint64_t count = 0;
  for (size_t i = 0; i < embeddings.rows(); ++i)
    count += std::ranges::all_of(embeddings[i], [](float value) { return std::isfinite(value); }) ? 0 : 1;
  return count;
}

/// Calls `take(texts, embeddings)` for one chunk after another.
template <class Take>
void encode_chunks(const EncodeCommand& command, const SentenceTransformer& model, Console& console, Take&& take) {
  const uint64_t total = count_texts(command);
  uint64_t done = 0, not_finite = 0;
  EncodeOptions options = encode_options(command.model, command.encode);
  options.progress = [&](const Progress& chunk) {
    throw_if_interrupted();
    console.show({.stage = chunk.stage, .done = done + chunk.done, .total = total, .unit = chunk.unit, .detail = ""});
  };
  TextReader reader(command.input.input, table_options(command.input));
  std::vector<std::string> texts;
  while (next_chunk(reader, texts)) {
    const Embeddings embeddings = model.encode(texts, options);
    take(texts, embeddings);
    not_finite += count_not_finite(embeddings);
    done += texts.size();
  }
  if (not_finite != 0) {
    console.note(concat(not_finite, " of ", done,
                        " embeddings hold NaN or infinity (null in JSON); 'sbert info' tells whether the weights do"));
  }
}

void write_jsonl(const EncodeCommand& command, const SentenceTransformer& model, Console& console, std::ostream& out) {
  encode_chunks(command, model, console, [&](const std::vector<std::string>& texts, const Embeddings& embeddings) {
    std::string line;
    for (size_t i = 0; i < texts.size() && out; ++i) {
      line = "{\"text\":";
      append_json_string(line, texts[i]);
      line += ",\"embedding\":";
      append_json_array(line, embeddings[i]);
      line += "}\n";
      out << line;
    }
    check_output(out.flush(), command.output);
  });
}

void write_npy(const EncodeCommand& command, const SentenceTransformer& model, Console& console, std::ostream& out) {
  const size_t dimension = command.encode.truncate_dim != 0 ? command.encode.truncate_dim : model.embedding_dimension();
  NpyWriter writer(out, dimension);
  encode_chunks(command, model, console, [&](const std::vector<std::string>&, const Embeddings& embeddings) {
    writer.append(embeddings);
    check_output(out.flush(), command.output);
  });
  writer.finish();
}

auto writer_for(const std::string& output) {
  const std::string extension = std::filesystem::path(output).extension().string();
  if (extension == ".npy" && !can_seek(output)) {
    fail_usage(
        "--output: '", output,
        "' is no file that can be gone back in, and a .npy file begins with the number of texts, which is known at "
        "the end; name a file, or write JSON lines");
  }
  if (extension == ".npy") return write_npy;
  if (output == "-" || extension == ".jsonl" || extension == ".ndjson") return write_jsonl;
  std::error_code ignored;
  const auto status = std::filesystem::status(output, ignored);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) return write_jsonl;
  fail_usage("--output: '", output, "' must end in .npy or .jsonl, which says how to write it");
}

void encode(EncodeCommand& command) {
  const auto write = writer_for(command.output);
  require_writable(command.output);
  Console console(command.quiet, command.output == "-");
  const SentenceTransformer model = open_model(command.model, command.quiet);
  prepare_input(command.input, console);
  write_output(command.output, [&](std::ostream& out) { write(command, model, console, out); });
}

std::function<void()> declare_encode(Flags& flags) {
  auto command = std::make_shared<EncodeCommand>();
  declare_model(flags, command->model);
  declare_precision(flags, command->model);
  declare_input(flags, command->input);
  flags.group("output");
  flags.value("--output", "F", command->output, "F.npy or F.jsonl; default: - (JSON lines on stdout)");
  declare_prompts(flags, command->encode);
  declare_shape(flags, command->encode);
  declare_quiet(flags, command->quiet);
  return [command] { encode(*command); };
}

}  // namespace

const Command kEncode{
    .name = "encode",
    .summary = "texts to embeddings",
    .examples = R"(  echo 'A plane is taking off.' | sbert encode --model all-MiniLM-L6-v2
  sbert encode --model ./my-model --input texts.txt --output vectors.npy
  sbert encode --model ./my-model --input docs.jsonl.gz --column body --normalize --output docs.npy
)",
    .notes =
        R"(A JSON line is {"text": "...", "embedding": [0.1, ...]}, in the order of the input; numbers have the fewest
digits that read back as the same float32. A .npy file is one float32 matrix [texts, dimension]:
numpy.load("vectors.npy"). Memory does not grow with the input. A file appears complete or not at all.
)",
    .declare = declare_encode};

}  // namespace sbert::cli
