#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "cli/values.h"
#include "data/columns.h"
#include "data/table.h"

namespace sbert::cli {

/// Which columns of a table are used as what: "a=0,b=1,score=2", or "a,b,score".
struct Columns {
  std::vector<Column> list;
};
void read_value(std::string_view text, Columns& value);

/// What labels are multiplied by: "score=0.2".
struct Scale {
  std::string text;
};
void read_value(std::string_view text, Scale& value);

/// Files whose rows follow one another.
using DataFiles = std::vector<std::filesystem::path>;

/// A table file and how to read it, as flags or a config file say it.
struct TableSettings {
  std::optional<std::string> data{};
  std::optional<Columns> columns{};
  std::optional<Scale> scale{};
  std::optional<TableFormat> format{};
  std::optional<bool> header{}, quoting{};
  std::optional<char> delimiter{};
  std::optional<TextEncoding> encoding{};
  std::optional<Names> beside{};
  // What fetch_data() made of them.
  DataFiles data_files{};
  std::vector<DataFiles> beside_files{};
};

/// Calls visit(key, placeholder, field, help) for each setting.
template <class Visit>
void visit_settings(TableSettings& settings, Visit&& visit) {
  visit("data", "F", settings.data,
        "a table: .jsonl .json .csv .tsv .parquet, or one text a line; each perhaps .gz; or a directory of such files, "
        "DIR or DIR:split (train, validation, test); or a data set of the Hugging Face Hub: hf:org/name, "
        "hf:org/name:split or hf:org/name/configuration:split");
  visit("columns", "C", settings.columns,
        "which columns, in the order in which they are used, as names or numbers from 0: a,b,score or "
        "sentence1=5,sentence2=6,score=4; set.query is a member of a record; the one called label or score is the "
        "label; default: all");
  visit("scale", "C=X", settings.scale, "multiply a label: score=0.2 brings 0..5 to 0..1");
  visit("format", "X", settings.format,
        "text, jsonl, json, csv, tsv, parquet or trec (COARSE:fine text); default: by the file's name");
  visit("header", "", settings.header, "csv and tsv: the first row is data; columns are numbers");
  visit("quoting", "", settings.quoting, "csv and tsv: a quotation mark is a character like any other");
  visit("delimiter", "C", settings.delimiter, "csv and tsv: what separates fields; default: a comma, or a tab");
  visit("encoding", "E", settings.encoding, "utf8 (default) or latin1");
  visit("beside", "F,..", settings.beside,
        "tables with as many rows, named as --data is, whose columns stand beside those of --data; a name that several "
        "have gets a number: "
        "text1, text2");
}

/// What is empty in `settings` is taken from `defaults`.
void set_defaults(TableSettings& settings, const TableSettings& defaults);

/// The files that a name (see data/data_address.h) means: those of a directory, those of a data set of the Hub, which
/// are brought into the cache, or the file itself.
DataFiles fetch_data(const std::string& name, Console& console);
/// The same for all tables of `settings`.
void fetch_data(TableSettings& settings, Console& console);

/// The (first) file. REQUIRES: settings.data.
std::string table_file(const TableSettings& settings);
TableOptions table_options(const TableSettings& settings);

}  // namespace sbert::cli
