#pragma once

#include "tensor/packed_batch.h"
#include "tensor/variable.h"

namespace sbert {

/// One direction of one LSTM layer (Hochreiter & Schmidhuber 1997, with forget gates), each sequence from a state of 0:
///   (i, f, g, o) = inputs_t + W h_{t-1} + b;  c_t = sigmoid(f) c_{t-1} + sigmoid(i) tanh(g);  h_t = sigmoid(o)
///   tanh(c_t)
/// inputs [T, 4H]: what the inputs of all tokens contribute to the gates (W_ih x + b_ih); weight W_hh [4H, H], bias
/// b_hh [1, 4H] -> h [T, H]. `reverse`: from the last token of a sequence to the first. `batch` must live until the
/// tape has run.
Var lstm(Execution& run, const Var& inputs, const Var& weight, const Var& bias, const PackedBatch& batch, bool reverse);

}  // namespace sbert
