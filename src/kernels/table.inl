#pragma once

#include "kernels/adamw.inl"
#include "kernels/attention.inl"
#include "kernels/gelu.inl"
#include "kernels/kernel_table.h"
#include "kernels/layer_norm.inl"
#include "kernels/pooling.inl"
#include "kernels/tanh.inl"

namespace sbert {
namespace {

/// The kernels of the instruction set this file is compiled for.
template <class T>
constexpr KernelTable<T> make_kernel_table(const char* name) {
  return {
      .name = name,
      .to_bfloat16 = to_bfloat16_row<T>,
      .from_bfloat16 = from_bfloat16_row<T>,
      .add_scaled = add_scaled<T>,
      .dot = dot<T>,
      .squared_norm = squared_norm<T>,
      .column_sum = column_sum<T>,
      .gelu = gelu<T>,
      .gelu_backward = gelu_backward<T>,
      .tanh = tanh_row<T>,
      .dropout = dropout<T>,
      .layer_norm = layer_norm<T>,
      .layer_norm_backward = layer_norm_backward<T>,
      .layer_norm_backward_parameters = layer_norm_backward_parameters<T>,
      .softmax = softmax<T>,
      .attention = attention<T>,
      .attention_backward = attention_backward<T>,
      .attention_scratch = attention_scratch<T>,
      .sum_tokens = sum_tokens<T>,
      .sum_rows = sum_rows<T>,
      .max_tokens = max_tokens<T>,
      .adamw = adamw<T>,
  };
}

}  // namespace
}  // namespace sbert
