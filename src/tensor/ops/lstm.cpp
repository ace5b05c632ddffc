#include "tensor/ops/lstm.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "kernels/gemm.h"
#include "kernels/kernel_table.h"
#include "tensor/ops/product.h"

namespace sbert {
namespace {

constexpr int64_t kLstmRowsPerTask = 8;

/// Step t computes token t of all sequences that have one, so that a step is one product. With the longest sequences
/// first, those are the first rows of what the last step computed.
class Steps {
 public:
  Steps(const PackedBatch& batch, bool reverse) : batch_(batch), reverse_(reverse) {
    order_.resize(static_cast<size_t>(batch.sequences()));
    std::iota(order_.begin(), order_.end(), int64_t{0});
    std::stable_sort(order_.begin(), order_.end(),
                     [&](int64_t a, int64_t b) { return batch.length(a) > batch.length(b); });
    int64_t rows = batch.sequences();
    for (int64_t t = 0; t < batch.longest(); ++t) {
      while (batch.length(order_[static_cast<size_t>(rows - 1)]) <= t)
        --rows;
      active_.push_back(rows);
    }
  }

  int64_t count() const { return static_cast<int64_t>(active_.size()); }
  /// Sequences that have a token t.
  int64_t active(int64_t t) const { return t < count() ? active_[static_cast<size_t>(t)] : 0; }
  /// Where that of row r is in the batch.
  int64_t token(int64_t t, int64_t r) const {
    const int64_t sequence = order_[static_cast<size_t>(r)];
    return reverse_ ? batch_.begin(sequence + 1) - 1 - t : batch_.begin(sequence) + t;
  }

 private:
  const PackedBatch& batch_;
  bool reverse_;
  std::vector<int64_t> order_;
  std::vector<int64_t> active_;
};

/// gates: i, f, g, o before their functions, replaced by what they become. sigmoid(x) = (1 + tanh(x / 2)) / 2, so that
/// all of it is one row of tanh.
template <class T>
void apply_gate_functions(T* gates, int64_t hidden) {
  const auto scale_sigmoids = [=](T factor, T offset) {
    for (int64_t j = 0; j < 2 * hidden; ++j)
      gates[j] = gates[j] * factor + offset;
    for (int64_t j = 3 * hidden; j < 4 * hidden; ++j)
      gates[j] = gates[j] * factor + offset;
  };
  scale_sigmoids(T(0.5), 0);
  kernels<T>().tanh(gates, 4 * hidden, gates);
  scale_sigmoids(T(0.5), T(0.5));
}

/// One token: `cell` is c_{t-1} and becomes c_t, `out` becomes h_t.
template <class T>
void forward_token(const T* gates, int64_t hidden, T* cell, T* out) {
  const T* i = gates;
  const T* f = gates + hidden;
  const T* g = gates + 2 * hidden;
  const T* o = gates + 3 * hidden;
  for (int64_t j = 0; j < hidden; ++j)
    cell[j] = f[j] * cell[j] + i[j] * g[j];
  kernels<T>().tanh(cell, hidden, out);
  for (int64_t j = 0; j < hidden; ++j)
    out[j] *= o[j];
}

/// One token backwards: dcell is the gradient of c_t that came from the next token and becomes that of c_{t-1}.
template <class T>
void backward_token(const T* gates, const T* cell, const T* cell_before, const T* dh, int64_t hidden, T* dcell,
                    T* tanh_cell, T* dgates) {
  kernels<T>().tanh(cell, hidden, tanh_cell);
  for (int64_t j = 0; j < hidden; ++j) {
    const T i = gates[j];
    const T f = gates[hidden + j];
    const T g = gates[2 * hidden + j];
    const T o = gates[3 * hidden + j];
    const T dc = dcell[j] + dh[j] * o * (1 - tanh_cell[j] * tanh_cell[j]);
    dgates[j] = dc * g * i * (1 - i);
    dgates[hidden + j] = cell_before == nullptr ? T{0} : dc * cell_before[j] * f * (1 - f);
    dgates[2 * hidden + j] = dc * i * (1 - g * g);
    dgates[3 * hidden + j] = dh[j] * tanh_cell[j] * o * (1 - o);
    dcell[j] = dc * f;
  }
}

/// c = first rows of a op(weight), in a few sizes only (see padded_rows). What the rows behind them hold does not
/// matter.
void multiply_rows(const Execution& run, const Tensor& a, int64_t rows, const Var& weight, bool transpose,
                   const Tensor& c) {
  const int64_t m = padded_rows(rows);
  const Tensor first = a.slice(0, m);
  product(run.gemm_input == DType::bf16 ? to_bfloat16(first) : first, false, gemm_operand(run, weight), transpose,
          c.slice(0, m), false);
}

struct LstmSetting {
  Var inputs, weight, bias;
  const PackedBatch* batch;
  bool reverse;
};

/// What backward needs of each token; undefined where nothing is recorded.
struct LstmSaved {
  Tensor gates;  // [T, 4H], after their functions
  Tensor cells;  // [T, H]
};

template <class T>
void forward(const Execution& run, const LstmSetting& setting, const LstmSaved& saved, const Tensor& y) {
  const Steps steps(*setting.batch, setting.reverse);
  const int64_t hidden = y.cols();
  const int64_t sequences = setting.batch->sequences();
  const Tensor state = Tensor::zeros(sequences, hidden, y.dtype());
  const Tensor cells = Tensor::zeros(sequences, hidden, y.dtype());
  const Tensor recurrent = Tensor::zeros(sequences, 4 * hidden, y.dtype());
  const T* bias = setting.bias->value.data<T>();
  for (int64_t t = 0; t < steps.count(); ++t) {
    const int64_t rows = steps.active(t);
    if (t != 0) multiply_rows(run, state, rows, setting.weight, true, recurrent);
    parallel_for(rows, kLstmRowsPerTask, [&](int64_t begin, int64_t end) {
      for (int64_t r = begin; r < end; ++r) {
        const int64_t token = steps.token(t, r);
        const T* from_input = setting.inputs->value.row<T>(token);
        const T* from_state = recurrent.row<T>(r);
        T* gates = saved.gates.defined() ? saved.gates.row<T>(token) : recurrent.row<T>(r);
        for (int64_t j = 0; j < 4 * hidden; ++j)
          gates[j] = from_input[j] + (from_state[j] + bias[j]);
        apply_gate_functions(gates, hidden);
        forward_token(gates, hidden, cells.row<T>(r), y.row<T>(token));
        std::copy_n(y.row<T>(token), hidden, state.row<T>(r));
        if (saved.cells.defined()) std::copy_n(cells.row<T>(r), hidden, saved.cells.row<T>(token));
      }
    });
  }
}

/// Gradient of the inputs.
template <class T>
Tensor backward_steps(const Execution& run, const LstmSetting& setting, const LstmSaved& saved, const Tensor& dy) {
  const Steps steps(*setting.batch, setting.reverse);
  const int64_t hidden = dy.cols();
  const int64_t sequences = setting.batch->sequences();
  const Tensor dinputs = Tensor::empty(dy.rows(), 4 * hidden, dy.dtype());
  const Tensor dgates = Tensor::zeros(sequences, 4 * hidden, dy.dtype());
  const Tensor dstate = Tensor::zeros(sequences, hidden, dy.dtype());
  const Tensor dcells = Tensor::zeros(sequences, hidden, dy.dtype());
  const Tensor tanh_cells = Tensor::empty(sequences, hidden, dy.dtype());
  for (int64_t t = steps.count() - 1; t >= 0; --t) {
    const int64_t continued = steps.active(t + 1);
    if (continued != 0) multiply_rows(run, dgates, continued, setting.weight, false, dstate);
    parallel_for(steps.active(t), kLstmRowsPerTask, [&](int64_t begin, int64_t end) {
      for (int64_t r = begin; r < end; ++r) {
        const int64_t token = steps.token(t, r);
        T* dh = dstate.row<T>(r);
        const T* dout = dy.row<T>(token);
        for (int64_t j = 0; j < hidden; ++j)
          dh[j] = (r < continued ? dh[j] : T{0}) + dout[j];
        backward_token(saved.gates.row<T>(token), saved.cells.row<T>(token),
                       t != 0 ? saved.cells.row<T>(steps.token(t - 1, r)) : nullptr, dh, hidden, dcells.row<T>(r),
                       tanh_cells.row<T>(r), dgates.row<T>(r));
        std::copy_n(dgates.row<T>(r), 4 * hidden, dinputs.row<T>(token));
      }
    });
  }
  return dinputs;
}

/// h_{t-1} of each token.
template <class T>
Tensor states_before(const PackedBatch& batch, bool reverse, const Tensor& y) {
  Tensor before = Tensor::zeros(y.rows(), y.cols(), y.dtype());
  for (int64_t i = 0; i < batch.sequences(); ++i) {
    if (batch.length(i) < 2) continue;
    const int64_t from = batch.begin(i) + (reverse ? 1 : 0);
    const int64_t to = batch.begin(i) + (reverse ? 0 : 1);
    std::copy_n(y.row<T>(from), (batch.length(i) - 1) * y.cols(), before.row<T>(to));
  }
  return before;
}

}  // namespace

Var lstm(Execution& run, const Var& inputs, const Var& weight, const Var& bias, const PackedBatch& batch,
         bool reverse) {
  const int64_t hidden = weight->cols();
  const DType dtype = inputs->value.dtype();
  auto y = make_variable(Tensor::empty(inputs->rows(), hidden, dtype),
                         inputs->requires_grad || weight->requires_grad || bias->requires_grad);
  const LstmSetting setting{inputs, weight, bias, &batch, reverse};
  LstmSaved saved;
  if (run.records(y)) {
    saved = {Tensor::empty(y->rows(), 4 * hidden, dtype), Tensor::empty(y->rows(), hidden, dtype)};
  }
  with_scalar(dtype, [&](auto zero) { forward<decltype(zero)>(run, setting, saved, y->value); });
  if (!run.records(y)) return y;
  run.tape->record([run, setting, saved, y] {
    with_scalar(y->value.dtype(), [&](auto zero) {
      using T = decltype(zero);
      Tensor dinputs = backward_steps<T>(run, setting, saved, y->gradient);
      if (setting.bias->requires_grad) accumulate_bias(*setting.bias, dinputs);
      if (setting.weight->requires_grad) {
        const auto before = make_variable(states_before<T>(*setting.batch, setting.reverse, y->value));
        accumulate_product(*setting.weight, gemm_operand(run, make_variable(dinputs)), true, gemm_operand(run, before),
                           false);
      }
      if (setting.inputs->requires_grad) accumulate_gradient(*setting.inputs, std::move(dinputs));
    });
  });
  return y;
}

}  // namespace sbert
