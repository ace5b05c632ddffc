#include <cstdio>

#include "base/fail.h"
#include "report/card.h"
#include "report/markdown.h"

namespace sbert::report {
namespace {

/// What Python's push_to_hub replaces by the model's name.
constexpr std::string_view kModel = "sentence_transformers_model_id";

/// A text as a literal of Python and of C++.
std::string literal(const std::string& text) {
  return OrderedJson(text).dump();
}

/// A text as a word of the shell.
std::string shell_word(const std::string& text) {
  std::string out = "'";
  for (const char c : text)
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string text_list(const UsageExample& usage, std::string_view indent) {
  std::string out;
  for (const std::string& text : usage.texts)
    out += concat(indent, literal(text), ",\n");
  return out;
}

/// As NumPy and PyTorch show a matrix.
std::string matrix(const UsageExample& usage, std::string_view comment) {
  const size_t n = usage.texts.size();
  std::string out;
  for (size_t i = 0; i < n; ++i) {
    out += concat(comment, i == 0 ? "[" : " ", "[");
    for (size_t k = 0; k < n; ++k) {
      char number[32];
      std::snprintf(number, sizeof number, "%.4f", static_cast<double>(usage.similarities[i * n + k]));
      out += concat(k == 0 ? "" : ", ", number);
    }
    out += i + 1 == n ? "]]\n" : "],\n";
  }
  return out;
}

}  // namespace

std::string card_usage(const TrainingRecord& record) {
  const UsageExample& usage = record.usage;
  const size_t n = usage.texts.size();
  std::string words;
  for (const std::string& text : usage.texts)
    words += concat(" \\\n    ", shell_word(text));
  return concat(
      "## Usage\n\nIn Python, with `pip install sentence-transformers`:\n\n",
      code_block("python",
                 concat("from sentence_transformers import SentenceTransformer\n\nmodel = SentenceTransformer(\"",
                        kModel, "\")\nsentences = [\n", text_list(usage, "    "),
                        "]\nembeddings = model.encode(sentences)\nprint(embeddings.shape)\n# (", n, ", ",
                        record.model.dimension,
                        ")\nsimilarities = model.similarity(embeddings, embeddings)\nprint(similarities)\n",
                        matrix(usage, "# "))),
      "\nOn the command line, with sbert.cpp, which trained it:\n\n",
      code_block("sh", concat("sbert similarity --model ", kModel, words, "\nsbert encode --model ", kModel,
                              " --input texts.txt --output embeddings.npy")),
      "\nIn C++:\n\n",
      code_block("cpp",
                 concat("#include <sbert/sbert.h>\n\nint main() {\n  const sbert::SentenceTransformer model(\"", kModel,
                        "\");\n  const sbert::Embeddings embeddings = model.encode({\n", text_list(usage, "      "),
                        "  });\n  const auto similarities = sbert::similarity(embeddings, embeddings, "
                        "model.similarity_function());\n}\n")),
      "\n");
}

}  // namespace sbert::report
