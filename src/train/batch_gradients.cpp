#include "train/batch_gradients.h"

#include <algorithm>

#include "tensor/ops/rows.h"

namespace sbert {
namespace {

/// Dropout sites of one batch; each batch begins at a multiple of it.
constexpr uint64_t kDropoutStreamsPerBatch = uint64_t{1} << 20;

/// One matrix for each column of the data: they lie one below the other.
std::vector<Var> columns_of(Execution& run, const Var& embeddings, int64_t rows) {
  std::vector<Var> columns;
  for (int64_t begin = 0; begin < embeddings->rows(); begin += rows)
    columns.push_back(slice_rows(run, embeddings, begin, begin + rows));
  return columns;
}

/// The loss of `batch`, and its gradient in what it was computed from.
double loss_and_gradient(const losses::LossFunction& loss, const std::vector<Var>& embeddings,
                         const std::vector<int64_t>& layers, const TrainingBatch& batch, uint64_t seed, double weight) {
  Tape tape;
  Execution run{.tape = &tape, .training = true};  // losses never round
  const auto columns = columns_of(run, embeddings.front(), batch.rows);
  std::vector<losses::PriorLayer> prior;
  for (size_t i = 0; i < layers.size(); ++i)
    prior.push_back({layers[i], columns_of(run, embeddings[i + 1], batch.rows)});
  const Var value = loss.forward(
      run, {.embeddings = columns, .labels = batch.labels, .guide = batch.guide, .layers = prior, .seed = seed});
  const float result = *value->value.data<float>();
  value->gradient = Tensor::empty(1, 1);
  *value->gradient.data<float>() = static_cast<float>(weight);
  tape.backward();
  for (const Var& matrix : embeddings) {
    // A batch may hold nothing to learn from, such as no triplet.
    if (!matrix->gradient.defined()) matrix->gradient = Tensor::zeros(matrix->rows(), matrix->cols());
  }
  return result;
}

}  // namespace

Execution BatchGradients::execution(uint64_t number, Tape* tape) const {
  return {.tape = tape,
          .gemm_input = options_.gemm_input,
          .training = true,
          .dropout_seed = options_.seed,
          .dropout_stream = number * kDropoutStreamsPerBatch};
}

std::vector<PackedBatch> BatchGradients::cut(const PackedBatch& batch) const {
  std::vector<PackedBatch> pieces;
  for (int64_t first = 0, last = 0; first < batch.sequences(); first = last) {
    int64_t tokens = batch.length(last++);
    while (last < batch.sequences() && tokens + batch.length(last) <= options_.piece_tokens)
      tokens += batch.length(last++);
    pieces.push_back(batch.piece(first, last));
  }
  return pieces;
}

double BatchGradients::add(const losses::LossFunction& loss, const TrainingBatch& batch, uint64_t number,
                           double weight) const {
  if (options_.piece_tokens == 0 || batch.packed.tokens() <= options_.piece_tokens) {
    return at_once(loss, batch, number, weight);
  }
  return in_pieces(loss, batch, cut(batch.packed), number, weight);
}

std::vector<Var> BatchGradients::embed(Execution& run, nn::Features& features, std::span<const int64_t> layers) const {
  std::vector<Var> embeddings = model_.forward_layers(run, features, layers);
  embeddings.insert(embeddings.begin(), features.sentence_embedding);
  return embeddings;
}

double BatchGradients::at_once(const losses::LossFunction& loss, const TrainingBatch& batch, uint64_t number,
                               double weight) const {
  Tape tape;
  Execution run = execution(number, &tape);
  nn::Features features{.batch = batch.packed};
  const uint64_t seed = options_.seed + number;
  const auto layers = loss.prior_layers(model_.input().layer_count(), seed);
  const std::vector<Var> embeddings = embed(run, features, layers);
  const double value = loss_and_gradient(loss, embeddings, layers, batch, seed, weight);
  tape.backward();
  return value;
}

double BatchGradients::in_pieces(const losses::LossFunction& loss, const TrainingBatch& batch,
                                 const std::vector<PackedBatch>& pieces, uint64_t number, double weight) const {
  const uint64_t seed = options_.seed + number;
  const auto layers = loss.prior_layers(model_.input().layer_count(), seed);
  std::vector<Var> all(1 + layers.size());
  for (Var& matrix : all)
    matrix = make_variable(Tensor::empty(batch.packed.sequences(), model_.embedding_dimension()), true);
  for (const PackedBatch& piece : pieces) {
    Execution run = execution(number, nullptr);
    nn::Features features{.batch = piece};
    const std::vector<Var> embeddings = embed(run, features, layers);
    for (size_t i = 0; i < all.size(); ++i) {
      const Tensor& rows = embeddings[i]->value;
      std::copy_n(rows.data<float>(), rows.size(), all[i]->value.row<float>(piece.before.sequences));
    }
  }
  const double value = loss_and_gradient(loss, all, layers, batch, seed, weight);

  for (const PackedBatch& piece : pieces) {
    Tape tape;
    Execution run = execution(number, &tape);
    nn::Features features{.batch = piece};
    const std::vector<Var> embeddings = embed(run, features, layers);
    const int64_t begin = piece.before.sequences;
    for (size_t i = 0; i < all.size(); ++i)
      embeddings[i]->gradient = all[i]->gradient.slice(begin, begin + piece.sequences()).clone();
    tape.backward();
  }
  return value;
}

}  // namespace sbert
