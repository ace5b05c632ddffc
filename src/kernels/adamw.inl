#pragma once

#include "kernels/kernel_table.h"
#include "kernels/math.inl"
#include "kernels/rounding.inl"

namespace sbert {
namespace {

/// One pass over parameters, gradients and both moments; the formula is KernelTable::adamw's.
template <class T>
void adamw(const typename KernelTable<T>::AdamW& step, int64_t n, T* p, const T* grad, T* m, T* v, BFloat16* shadow) {
  const T decay = step.lr * step.weight_decay;
  const T step_size = step.lr / step.bias_correction1;
  const T root_correction2 = square_root(step.bias_correction2);
  for_each_vector<T>(n, [=](int64_t i, int64_t lanes) {
    const Vec<T> g = load_lanes(grad + i, lanes) * step.grad_scale;
    const Vec<T> moment1 = step.beta1 * load_lanes(m + i, lanes) + (1 - step.beta1) * g;
    const Vec<T> moment2 = step.beta2 * load_lanes(v + i, lanes) + (1 - step.beta2) * (g * g);
    const Vec<T> before = load_lanes(p + i, lanes);
    const Vec<T> decayed = before - decay * before;
    const Vec<T> after = decayed - step_size * moment1 / (square_root<T>(moment2) / root_correction2 + step.epsilon);
    store_lanes(m + i, moment1, lanes);
    store_lanes(v + i, moment2, lanes);
    store_both(p, shadow, i, after, lanes);
  });
}

}  // namespace
}  // namespace sbert
