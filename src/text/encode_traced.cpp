#include "text/encode_traced.h"

#include <algorithm>

#include "base/fail.h"
#include "text/assemble.h"
#include "text/truncation.h"

namespace sbert::text {

namespace {

using Windows = std::array<Span, 2>;

/// More than anyone can want; a stride close to the length makes a window of every token.
constexpr size_t kMaxTokens = size_t{1} << 26;

bool begins_with_second(const std::vector<PostProcessor::Part>& parts) {
  using Kind = PostProcessor::Part::Kind;
  const auto first = std::ranges::find_if(parts, [](const auto& part) { return part.kind != Kind::special; });
  return first != parts.end() && first->kind == Kind::sequence_b;
}

std::vector<Span> windows_of(size_t length, size_t limit, const TracedInput& input, TruncationSide side) {
  if (!input.stride) return {kept_tokens(length, limit, side)};
  if (limit != 0 && limit < length && *input.stride >= limit) {
    fail(ErrorCode::invalid_argument, "the stride ", *input.stride, " is not less than the ", limit,
         " tokens that there is room for");
  }
  return token_windows(length, limit, *input.stride, side);
}

/// Every window of one text with every one of the other: first those that are kept.
std::vector<Windows> combine(const std::vector<Span>& first, const std::vector<Span>& second) {
  if (first.size() * second.size() * (first[0].end - first[0].begin + second[0].end - second[0].begin) > kMaxTokens) {
    fail(ErrorCode::invalid_argument, "the texts are too long for so large a stride: ", first.size(), " times ",
         second.size(), " windows");
  }
  std::vector<Windows> all{{first[0], second[0]}};
  for (size_t i = 1; i < first.size(); ++i) {
    for (const Span& window : second)
      all.push_back({first[i], window});
  }
  for (size_t i = 1; i < second.size(); ++i)
    all.push_back({first[0], second[i]});
  return all;
}

}  // namespace

std::vector<TracedEncoding> encode_traced(const Pipeline& pipeline, Workspace& workspace, const TracedInput& input,
                                          const TokenizeOptions& options, OffsetUnit unit) {
  std::array<TracedSequence, 2> sequences;
  for (size_t i = 0; i < (input.is_pair ? 2 : 1); ++i) {
    sequences[i].text = input.texts[i];
    pipeline.trace(input.texts[i], workspace, sequences[i].tokens);
  }
  const std::array lengths{sequences[0].tokens.size(), sequences[1].tokens.size()};
  const auto kept = truncated_lengths(lengths, input.limit, options.truncation_strategy);
  const auto& processor = pipeline.post_processor;
  const auto& parts = input.is_pair ? processor.pair : processor.single;
  // The outer loop is over the text that comes first.
  const size_t outer = begins_with_second(parts) ? 1 : 0, inner = 1 - outer;
  const auto windows = combine(windows_of(lengths[outer], kept[outer], input, options.truncation_side),
                               windows_of(lengths[inner], kept[inner], input, options.truncation_side));
  const TracedAssembler assembler(processor, parts, sequences, options.add_special_tokens, unit);
  std::vector<TracedEncoding> out;
  out.reserve(windows.size());
  for (const Windows& window : windows)
    out.push_back(assembler.assemble({window[outer], window[inner]}));
  out.front().truncated = kept != lengths;
  return out;
}

}  // namespace sbert::text
