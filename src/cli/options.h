#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sbert/sentence_transformer.h>

#include "cli/console.h"
#include "cli/flags.h"
#include "data/table.h"

namespace sbert::cli {

// Groups of flags that several commands share: a struct, and a function that declares its flags.

/// --model --threads, and --precision for commands that compute.
struct ModelFlags {
  std::string model;
  Precision precision = Precision::automatic;
  std::optional<uint64_t> threads{};
};
void declare_model(Flags& flags, ModelFlags& values);
void declare_precision(Flags& flags, ModelFlags& values);
/// Loads the model, from the Hub if the cache does not have it; --threads takes effect here.
SentenceTransformer open_model(const ModelFlags& values, bool quiet = false);
/// What a load that has to download shows meanwhile.
LoadOptions load_options(Console& console);
void apply_threads(const std::optional<uint64_t>& threads);

/// --prompt --prompt-name --task, --normalize --truncate-dim
struct EncodeFlags {
  std::optional<std::string> prompt{}, prompt_name{}, task{};
  bool normalize = false;
  uint64_t truncate_dim = 0;
};
void declare_prompts(Flags& flags, EncodeFlags& values);
void declare_shape(Flags& flags, EncodeFlags& values);
EncodeOptions encode_options(const ModelFlags& model, const EncodeFlags& values);

/// How to read a table: --no-header --no-quoting
struct TableFlags {
  bool header = true;
  bool quoting = true;
};
void declare_table(Flags& flags, TableFlags& values);

/// Where texts come from: --input --column --format, and how to read a table.
struct InputFlags {
  std::string input = "-";
  std::vector<std::filesystem::path> following{};  ///< more files, if `input` was a data set of the Hub
  std::optional<std::string> column{};
  std::optional<TableFormat> format{};
  TableFlags table{};
};
void declare_input(Flags& flags, InputFlags& values);
TableOptions table_options(const InputFlags& values);
/// Fetches a data set of the Hub; tells somebody in front of a terminal that we wait for texts.
void prepare_input(InputFlags& values, Console& console);

/// --quiet
void declare_quiet(Flags& flags, bool& quiet);

}  // namespace sbert::cli
