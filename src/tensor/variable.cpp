#include "tensor/variable.h"

#include <utility>

#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {

Var make_variable(Tensor value, bool requires_grad) {
  return std::make_shared<Variable>(Variable{.value = std::move(value), .requires_grad = requires_grad});
}

void accumulate_gradient(Variable& variable, Tensor contribution) {
  if (!variable.gradient.defined()) {
    variable.gradient = std::move(contribution);
    return;
  }
  if (!variable.gradient.unique()) variable.gradient = variable.gradient.clone();
  with_scalar(variable.gradient.dtype(), [&](auto zero) {
    using T = decltype(zero);
    T* sum = variable.gradient.data<T>();
    const T* added = contribution.data<T>();
    parallel_for(contribution.size(), 1 << 15, [&](int64_t begin, int64_t end) {
      kernels<T>().add_scaled(T{1}, added + begin, end - begin, sum + begin);
    });
  });
}

void Tape::backward() {
  while (!steps_.empty()) {
    const auto step = std::move(steps_.back());
    steps_.pop_back();
    step();
  }
}

DropoutMask Execution::next_dropout(double probability) {
  if (!training || probability <= 0) return {};
  return {static_cast<float>(probability), dropout_seed, dropout_stream++, dropout_first_row};
}

}  // namespace sbert
