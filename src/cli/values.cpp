#include "cli/values.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>

#include "cli/suggest.h"
#include "cli/usage_error.h"

namespace sbert::cli {

namespace {

template <class Number>
bool is_number(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

template <class T>
struct Name {
  const char* name;
  T value;
};

template <class T>
T find_name(std::span<const Name<T>> names, std::string_view text, const char* what) {
  std::vector<std::string> known;
  for (const Name<T>& entry : names) {
    if (text == entry.name) return entry.value;
    known.emplace_back(entry.name);
  }
  fail_usage("unknown ", what, " '", text, "'", suggest(text, known));
}

}  // namespace

void read_value(std::string_view text, std::string& value) {
  value = text;
}

void read_value(std::string_view text, uint64_t& value) {
  if (!is_number(text, value)) fail_usage("'", text, "' is not a whole number");
}

void read_value(std::string_view text, double& value) {
  if (!is_number(text, value) || !std::isfinite(value)) fail_usage("'", text, "' is not a number");
}

void read_value(std::string_view text, bool& value) {
  if (text != "true" && text != "false") fail_usage("'", text, "' is neither true nor false");
  value = text == "true";
}

void read_value(std::string_view text, Precision& value) {
  value = precision_from_string(text);
}

void read_value(std::string_view text, StoredDType& value) {
  static constexpr Name<StoredDType> kNames[] = {
      {"f32", StoredDType::f32}, {"bf16", StoredDType::bf16}, {"f16", StoredDType::f16}};
  value = find_name<StoredDType>(kNames, text, "type of weights");
}

void read_value(std::string_view text, Schedule& value) {
  // Also what sentence-transformers (WarmupLinear) and transformers (constant_with_warmup) call them.
  static constexpr Name<Schedule> kNames[] = {{"linear", Schedule::linear},
                                              {"constant", Schedule::constant},
                                              {"cosine", Schedule::cosine},
                                              {"cosine_with_restarts", Schedule::cosine_with_restarts},
                                              {"polynomial", Schedule::polynomial},
                                              {"WarmupLinear", Schedule::linear},
                                              {"WarmupConstant", Schedule::constant},
                                              {"ConstantLR", Schedule::constant},
                                              {"WarmupCosine", Schedule::cosine},
                                              {"WarmupCosineWithHardRestarts", Schedule::cosine_with_restarts},
                                              {"warmuplinear", Schedule::linear},
                                              {"warmupconstant", Schedule::constant},
                                              {"constantlr", Schedule::constant},
                                              {"warmupcosine", Schedule::cosine},
                                              {"warmupcosinewithhardrestarts", Schedule::cosine_with_restarts},
                                              {"constant_with_warmup", Schedule::constant}};
  value = find_name<Schedule>(kNames, text, "schedule");
}

void read_value(std::string_view text, Mixing& value) {
  static constexpr Name<Mixing> kNames[] = {{"round-robin", Mixing::round_robin},
                                            {"proportional", Mixing::proportional},
                                            {"round_robin", Mixing::round_robin}};
  value = find_name<Mixing>(kNames, text, "way to mix");
}

void read_value(std::string_view text, Recipe& value) {
  static constexpr Name<Recipe> kNames[] = {{"fit", Recipe::fit}, {"trainer", Recipe::trainer}};
  value = find_name<Recipe>(kNames, text, "recipe");
}

void read_value(std::string_view text, ByteSize& value) {
  static constexpr Name<double> kUnits[] = {
      {"", 1},         {"B", 1},      {"KB", 1e3},     {"MB", 1e6},   {"GB", 1e9},     {"TB", 1e12},  {"K", 1024.0},
      {"KiB", 1024.0}, {"M", 0x1p20}, {"MiB", 0x1p20}, {"G", 0x1p30}, {"GiB", 0x1p30}, {"T", 0x1p40}, {"TiB", 0x1p40}};
  const size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
  double number = 0;
  const std::string_view unit = text.substr(end);
  const auto found =
      std::find_if(std::begin(kUnits), std::end(kUnits), [&](const auto& known) { return unit == known.name; });
  if (!is_number(text.substr(0, end), number) || found == std::end(kUnits) || !(number * found->value < 0x1p63)) {
    fail_usage("'", text, "' is not a number of bytes such as 2GiB or 500MB");
  }
  value.bytes = static_cast<uint64_t>(number * found->value);
}

void read_value(std::string_view text, TableFormat& value) {
  static constexpr Name<TableFormat> kNames[] = {{"text", TableFormat::text}, {"jsonl", TableFormat::jsonl},
                                                 {"json", TableFormat::json}, {"csv", TableFormat::csv},
                                                 {"tsv", TableFormat::tsv},   {"parquet", TableFormat::parquet},
                                                 {"trec", TableFormat::trec}};
  value = find_name<TableFormat>(kNames, text, "format");
}

void read_value(std::string_view text, TextEncoding& value) {
  static constexpr Name<TextEncoding> kNames[] = {{"utf8", TextEncoding::utf8}, {"latin1", TextEncoding::latin1}};
  value = find_name<TextEncoding>(kNames, text, "encoding");
}

void read_value(std::string_view text, RowRules::Shape& value) {
  using Shape = RowRules::Shape;
  static constexpr Name<Shape> kNames[] = {
      {"columns", Shape::columns}, {"pairs", Shape::pairs}, {"split", Shape::split}};
  value = find_name<Shape>(kNames, text, "kind of rows");
}

void read_value(std::string_view text, Choice& value) {
  static constexpr Name<Choice> kNames[] = {{"first", Choice::first}, {"random", Choice::random}, {"all", Choice::all}};
  value = find_name<Choice>(kNames, text, "choice");
}

void read_value(std::string_view text, BatchRule& value) {
  static constexpr Name<BatchRule> kNames[] = {{"any", BatchRule::any},
                                               {"no-duplicates", BatchRule::no_duplicates},
                                               {"group-by-label", BatchRule::group_by_label}};
  std::string name(text);
  std::ranges::replace(name, '_', '-');  // as sentence-transformers' BatchSamplers have it
  value = find_name<BatchRule>(kNames, name, "kind of batches");
}

void read_value(std::string_view text, char& value) {
  if (text != "tab" && text.size() != 1) fail_usage("'", text, "' is not one character, and not 'tab'");
  value = text == "tab" ? '\t' : text[0];
}

void read_value(std::string_view text, Names& value) {
  value.list.clear();
  for (const std::string_view name : split(text, ','))
    value.list.emplace_back(name);
}

void read_value(std::string_view text, SimilarityFunction& value) {
  value = similarity_function_from_string(text);
}

void read_value(std::string_view text, std::vector<SimilarityFunction>& value) {
  value.clear();
  for (const std::string_view name : split(text, ','))
    value.push_back(similarity_function_from_string(name));
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace sbert::cli
