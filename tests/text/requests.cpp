#include "text/requests.h"

#include <optional>

#include <gtest/gtest.h>

#include <sbert/error.h>

namespace sbert::text {

namespace {

/// As Python prints lists.
template <class List, class Write>
std::string python_list(const List& list, Write write) {
  std::string out = "[";
  for (const auto& item : list)
    out.append(out.size() > 1 ? ", " : "").append(write(item));
  return out.append("]");
}

std::string numbers(const std::vector<int32_t>& list) {
  return python_list(list, [](int32_t value) { return std::to_string(value); });
}

std::string numbers_or_none(const std::vector<int32_t>& list) {
  return python_list(list, [](int32_t value) { return value < 0 ? "None" : std::to_string(value); });
}

std::string special_tokens_mask(const TracedEncoding& encoding) {
  return python_list(encoding.sequence_ids, [](int32_t sequence) { return std::string(sequence < 0 ? "1" : "0"); });
}

/// Offsets and words, unless the reference's are not to be trusted.
std::string places(const TracedEncoding& encoding, bool wanted = true) {
  if (!wanted) return "";
  const auto pair = [](TextSpan span) { return concat("(", span.begin, ", ", span.end, ")"); };
  return concat(" ", python_list(encoding.offsets, pair), " ", numbers_or_none(encoding.word_ids));
}

/// Ids, offsets and words of one text; the two ways to make ids must agree.
std::string of_text(const Tokenizer& tokenizer, const std::string& text, bool with_places) {
  const TracedEncoding encoding = tokenizer.encode_with_offsets(text);
  EXPECT_EQ(encoding.ids, tokenizer.encode(text).ids) << Json(text).dump(-1, ' ', true);
  return concat(numbers(encoding.ids), places(encoding, with_places));
}

TokenizeOptions options_of(const Json& request) {
  const auto strategy = request.value("strategy", "longest_first");
  return {.max_length = request.value("max_length", size_t{0}),
          .add_special_tokens = request.value("special", true),
          .truncation_strategy = strategy == "only_first"    ? TruncationStrategy::only_first
                                 : strategy == "only_second" ? TruncationStrategy::only_second
                                                             : TruncationStrategy::longest_first,
          .truncation_side = request.value("side", "right") == "left" ? TruncationSide::left : TruncationSide::right};
}

/// One or two texts, truncated: all windows.
std::string of_request(const Tokenizer& tokenizer, const Json& request, bool with_places) {
  const std::string first = request["text"];
  std::optional<std::string> second;
  if (request.contains("pair")) second = request["pair"].get<std::string>();
  const TokenizeOptions options = options_of(request);
  const auto windows = tokenizer.encode_windows(first, second, request.value("stride", size_t{0}), options);
  const Encoding fast = second ? tokenizer.encode_pair(first, *second, options) : tokenizer.encode(first, options);
  const TracedEncoding traced = tokenizer.encode_with_offsets(first, second, options);
  EXPECT_EQ(fast.ids, windows[0].ids) << request.dump(-1, ' ', true);
  EXPECT_EQ(fast.type_ids, windows[0].type_ids) << request.dump(-1, ' ', true);
  EXPECT_EQ(fast.truncated, traced.truncated) << request.dump(-1, ' ', true);
  EXPECT_EQ(places(traced), places(windows[0])) << request.dump(-1, ' ', true);
  std::string out = concat(numbers(fast.type_ids), " ", numbers_or_none(traced.sequence_ids));
  for (const TracedEncoding& window : windows)
    out += concat(" | ", numbers(window.ids), places(window, with_places), " ", special_tokens_mask(window));
  return out;
}

}  // namespace

std::string answer(const Tokenizer& tokenizer, const Json& request, bool with_places) {
  if (request.is_string()) return of_text(tokenizer, request.get<std::string>(), with_places);
  if (request.contains("ids")) {
    const DecodeOptions options{request.value("skip_special_tokens", false), request.value("clean_up", false)};
    return Json(tokenizer.decode(request["ids"].get<std::vector<int32_t>>(), options)).dump(-1, ' ', true);
  }
  try {
    return of_request(tokenizer, request, with_places);
  } catch (const Error&) {
    return "error";
  }
}

}  // namespace sbert::text
