#include "model/encode.h"

#include <algorithm>
#include <numeric>

#include "base/fail.h"
#include "base/threads.h"

namespace sbert {
namespace {

/// Texts without tokens cost nothing but their embedding, which may be as wide as a vocabulary.
constexpr size_t kBatchValues = size_t{1} << 24;

std::string resolve_prompt(const ModelImplementation& model, const EncodeOptions& options) {
  if (options.prompt) return *options.prompt;
  const auto& name = options.prompt_name ? options.prompt_name : model.default_prompt_name;
  return name ? require_prompt(model.prompts, *name) : "";
}

/// Texts from long to short: neighbours cost the same, and memory peaks at the start rather than at the end.
std::vector<size_t> longest_first(std::span<const std::vector<int32_t>> ids) {
  std::vector<size_t> order(ids.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return ids[a].size() > ids[b].size(); });
  return order;
}

void store(const Tensor& rows, std::span<const size_t> places, bool unit_length, Embeddings& result) {
  parallel_for(static_cast<int64_t>(places.size()), 256, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const std::span<float> to = result[places[static_cast<size_t>(i)]];
      std::copy_n(rows.row<float>(i), to.size(), to.begin());
      if (!unit_length) continue;
      Embeddings one(1, to.size(), {to.begin(), to.end()});
      normalize(one);
      std::copy_n(one.data(), to.size(), to.begin());
    }
  });
}

}  // namespace

const std::string& require_prompt(const std::map<std::string, std::string>& prompts, const std::string& name) {
  const auto found = prompts.find(name);
  if (found != prompts.end()) return found->second;
  std::string known;
  for (const auto& [key, text] : prompts)
    known += (known.empty() ? "" : ", ") + key;
  fail(ErrorCode::invalid_argument, "the model has no prompt named '", name,
       "'; it has: ", known.empty() ? "none" : known);
}

std::vector<std::vector<int32_t>> tokenize_all(std::span<const nn::InputModule* const> readers,
                                               std::span<const std::string> texts, const std::string& prompt) {
  std::vector<std::vector<int32_t>> ids(texts.size());
  parallel_for(static_cast<int64_t>(texts.size()), 32, [&](int64_t begin, int64_t end) {
    for (auto i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i) {
      const nn::InputModule& reader = *readers[i % readers.size()];
      ids[i] = prompt.empty() ? reader.tokenize(texts[i]).ids : reader.tokenize(prompt + texts[i]).ids;
    }
  });
  return ids;
}

Embeddings encode_texts(const ModelImplementation& model, std::span<const std::string> texts,
                        const EncodeOptions& options) {
  const std::string prompt = resolve_prompt(model, options);
  const nn::InputModule& reader = model.input().reader(options.task.value_or(""));
  const int64_t prompt_length = prompt.empty() ? 0 : reader.prompt_length(prompt);
  const nn::InputModule* const readers[] = {&reader};
  return encode_tokens(model, tokenize_all(readers, texts, prompt), prompt_length, options);
}

Embeddings encode_tokens(const ModelImplementation& model, std::span<const std::vector<int32_t>> ids,
                         int64_t prompt_length, const EncodeOptions& options) {
  const auto whole = static_cast<size_t>(model.embedding_dimension());
  const size_t truncate = options.truncate_dim != 0 ? options.truncate_dim : model.truncate_dim;
  if (truncate > whole) {
    fail(ErrorCode::invalid_argument, "truncate_dim ", truncate, " is more than the model's ", whole, " dimensions");
  }
  Embeddings result(ids.size(), truncate != 0 ? truncate : whole);
  const auto order = longest_first(ids);
  const size_t budget =
      options.batch_tokens != 0 ? options.batch_tokens : static_cast<size_t>(model.input().batch_tokens());
  const size_t most = std::max<size_t>(1, kBatchValues / whole);
  const std::string task = options.task.value_or("");
  Execution run{.gemm_input = model.prepare(options.precision)};

  for (size_t begin = 0; begin < order.size();) {
    nn::Features features;
    size_t end = begin;
    while (end < order.size() && end - begin < most &&
           (end == begin || features.batch.ids.size() + ids[order[end]].size() <= budget)) {
      features.batch.append(ids[order[end++]], prompt_length, task);
    }
    model.forward(run, features);
    store(features.sentence_embedding->value, std::span(order).subspan(begin, end - begin), options.normalize, result);
    begin = end;
    if (options.progress) {
      options.progress({.stage = "encode", .done = begin, .total = order.size(), .unit = "texts", .detail = ""});
    }
  }
  return result;
}

}  // namespace sbert
