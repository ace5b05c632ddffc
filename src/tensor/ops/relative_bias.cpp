#include <algorithm>
#include <limits>

#include "tensor/ops/attention.h"

namespace sbert {
namespace {

/// Calls `body(element of the table, element of the bias)` for all distances and heads, in one order.
template <class Body>
void for_each_element(const std::vector<int32_t>& buckets, int64_t heads, const Body& body) {
  const auto distances = static_cast<int64_t>(buckets.size());
  for (int64_t head = 0; head < heads; ++head) {
    for (int64_t d = 0; d < distances; ++d)
      body(buckets[static_cast<size_t>(d)] * heads + head, head * distances + d);
  }
}

}  // namespace

Var relative_bias(Execution& run, const Var& table, const std::vector<int32_t>& buckets) {
  const int64_t heads = table->cols();
  auto bias = make_variable(Tensor::empty(heads, static_cast<int64_t>(buckets.size()), table->value.dtype()),
                            table->requires_grad);
  with_scalar(table->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    const T* from = table->value.data<T>();
    T* to = bias->value.data<T>();
    for_each_element(buckets, heads, [=](int64_t source, int64_t target) { to[target] = from[source]; });
  });
  if (!run.records(bias)) return bias;
  run.tape->record([table, bias, buckets, heads] {
    if (!bias->gradient.defined()) return;
    Tensor dtable = Tensor::zeros(table->rows(), heads, table->value.dtype());
    with_scalar(dtable.dtype(), [&](auto zero) {
      using T = decltype(zero);
      const T* from = bias->gradient.data<T>();
      T* to = dtable.data<T>();
      for_each_element(buckets, heads, [=](int64_t target, int64_t source) { to[target] += from[source]; });
    });
    accumulate_gradient(*table, std::move(dtable));
  });
  return bias;
}

Var causal_bias(int64_t heads, int64_t longest, DType dtype) {
  auto bias = make_variable(Tensor::zeros(heads, 2 * longest - 1, dtype), false);
  with_scalar(dtype, [&](auto zero) {
    using T = decltype(zero);
    for (int64_t head = 0; head < heads; ++head) {
      T* row = bias->value.row<T>(head);
      std::fill(row + longest, row + 2 * longest - 1, -std::numeric_limits<T>::infinity());
    }
  });
  return bias;
}

}  // namespace sbert
