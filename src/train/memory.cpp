#include "train/memory.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "base/fail.h"
#include "tensor/buffer_pool.h"
#include "tensor/packed_batch.h"

namespace sbert {
namespace {

/// The program, the tokenizer, the primitives of oneDNN and their scratch: measured.
constexpr uint64_t kProgram = uint64_t{168} << 20;
/// Enough for GEMMs at full speed; larger pieces gain nothing.
constexpr uint64_t kLargestPiece = 8192;
constexpr uint64_t kProbeTokens = 2048;
/// Of each row: its place in this epoch and in the next, which is made before this one goes; hashes of its texts.
constexpr uint64_t kSamplerBytes = 24;

uint64_t number_in(const char* path) {
  uint64_t value = 0;
  std::ifstream file(path);
  return file >> value ? value : 0;  // "max" is no number
}

uint64_t sum_of_longest(const ObjectiveBatches& objective) {
  const auto& lengths = objective.examples().lengths();
  uint64_t left = objective.batch_size() * objective.examples().inputs(), sum = 0;
  for (auto length = lengths.rbegin(); length != lengths.rend() && left > 0; ++length) {
    const uint64_t texts = std::min<uint64_t>(left, length->second);
    sum += texts * length->first;
    left -= texts;
  }
  return sum;
}

/// Embeddings, their gradient, and a few matrices of every row with every text; so of each layer that the loss asks
/// for.
uint64_t loss_bytes(const ObjectiveBatches& objective, const ModelImplementation& model) {
  const uint64_t rows = objective.batch_size();
  const uint64_t texts = rows * objective.examples().inputs();
  const auto dimension = static_cast<uint64_t>(model.embedding_dimension());
  const uint64_t layers = objective.loss().prior_layers(model.input().layer_count(), 0).size();
  return (1 + layers) * (4 * texts * dimension * 4 + 4 * rows * texts * 4);
}

}  // namespace

uint64_t available_memory() {
  uint64_t available = std::numeric_limits<uint64_t>::max();
  std::ifstream file("/proc/meminfo");
  std::string key;
  uint64_t value = 0;
  for (std::string line; file >> key >> value && std::getline(file, line);) {
    if (key == "MemAvailable:") available = value * 1024;
  }
  const uint64_t limit = number_in("/sys/fs/cgroup/memory.max");
  if (limit != 0) available = std::min(available, limit - std::min(limit, number_in("/sys/fs/cgroup/memory.current")));
  return available == std::numeric_limits<uint64_t>::max() ? 0 : available;
}

MemoryEstimate::MemoryEstimate(const ModelImplementation& model, std::span<const ObjectiveBatches> objectives,
                               DType gemm_input, bool keep_best) {
  beside_tensors_ = kProgram;
  const auto add_parameter = [&](const Parameter& parameter) {
    const auto size = static_cast<uint64_t>(parameter.value.size());
    const uint64_t trained = parameter.frozen ? 4 : keep_best ? 20 : 16;
    // The input and the output of every product, and what else is kept of a layer.
    if (parameter.gemm_weight) per_token_ += 12 * static_cast<uint64_t>(parameter.rows() + parameter.cols());
    if (parameter.sparse_rows) per_token_ += 12 * static_cast<uint64_t>(parameter.cols());
    fixed_ += size * (trained + (parameter.gemm_weight && gemm_input == DType::bf16 ? 2 : 0));
  };
  for (const auto& parameter : model.parameters())
    add_parameter(*parameter);
  uint64_t of_losses = 0;
  for (const ObjectiveBatches& objective : objectives) {
    for (const auto& parameter : objective.loss().parameters())
      add_parameter(*parameter);
    beside_tensors_ += objective.examples().bytes_in_memory() + objective.examples().rows() * kSamplerBytes;
    longest_ = std::max<uint64_t>(longest_, objective.examples().lengths().rbegin()->first);
    largest_batch_ = std::max(largest_batch_, sum_of_longest(objective));
    of_losses = std::max(of_losses, loss_bytes(objective, model));
  }
  fixed_ += beside_tensors_ + of_losses;
}

void MemoryEstimate::measure_token(const ModelImplementation& model, std::span<const ObjectiveBatches> objectives,
                                   DType gemm_input, uint64_t budget) {
  const uint64_t fitting = budget > fixed_ ? (budget - fixed_) / std::max<uint64_t>(1, per_token_) : 0;
  const auto probe = static_cast<int64_t>(std::clamp<uint64_t>(fitting, 1, kProbeTokens));
  nn::Features features;
  std::vector<int64_t> layers;
  const auto enough = [&] { return features.batch.tokens() >= probe; };
  for (const ObjectiveBatches& objective : objectives) {
    const TokenizedExamples& examples = objective.examples();
    std::vector<int64_t> asked = objective.loss().prior_layers(model.input().layer_count(), 0);
    if (asked.size() > layers.size()) layers = std::move(asked);
    for (size_t row = 0; row < examples.rows() && !enough(); ++row) {
      const TokenStore::Row example = examples[row];
      for (size_t i = 0; i < examples.inputs() && !enough(); ++i) {
        if (!example.ids[i].empty())
          features.batch.append(example.ids[i], examples.prompt_length(i), examples.tasks()[i]);
      }
    }
  }
  if (features.batch.tokens() == 0) return;
  trim_buffer_pool();
  reset_peak_buffer_bytes();
  const size_t before = buffer_usage().in_use;
  Tape tape;
  Execution run{.tape = &tape, .gemm_input = gemm_input, .training = true};
  std::vector<Var> embedded = model.forward_layers(run, features, layers);
  embedded.push_back(features.sentence_embedding);
  for (const Var& matrix : embedded)
    matrix->gradient = Tensor::zeros(matrix->rows(), matrix->cols());
  tape.backward();
  const size_t peak = buffer_usage().peak;
  trim_buffer_pool();
  per_token_ = (peak - before) / static_cast<uint64_t>(features.batch.tokens()) + 1;
}

uint64_t choose_piece_tokens(const MemoryEstimate& estimate, uint64_t budget) {
  const uint64_t fixed = estimate.fixed_bytes();
  const uint64_t fitting = budget > fixed ? (budget - fixed) / std::max<uint64_t>(1, estimate.bytes_per_token()) : 0;
  if (fitting >= estimate.largest_batch_tokens()) return 0;
  if (fitting < estimate.longest_sequence()) {
    const uint64_t needed = fixed + estimate.longest_sequence() * estimate.bytes_per_token();
    fail(ErrorCode::invalid_argument, "training takes at least ", (needed >> 20) + 1, " MiB, and the memory budget is ",
         budget >> 20, " MiB: give it more, use a smaller model, or shorten texts (max_seq_length)");
  }
  return std::min(kLargestPiece, fitting);
}

}  // namespace sbert
