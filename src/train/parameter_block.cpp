#include "train/parameter_block.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {
namespace {

constexpr int64_t kChunk = 1 << 15;
constexpr int64_t kAlignment = 16;  // floats: parameters begin at cache lines

void zero(float* values, int64_t count) {
  parallel_for(count, kChunk, [&](int64_t begin, int64_t end) { std::fill(values + begin, values + end, 0.0F); });
}

double squared_norm(const float* values, int64_t count) {
  std::vector<double> parts(static_cast<size_t>((count + kChunk - 1) / kChunk));
  parallel_for(static_cast<int64_t>(parts.size()), 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const int64_t first = i * kChunk;
      parts[static_cast<size_t>(i)] = kernels<float>().squared_norm(values + first, std::min(kChunk, count - first));
    }
  });
  double sum = 0;
  for (const double part : parts)
    sum += part;
  return sum;
}

}  // namespace

ParameterBlock::ParameterBlock(std::vector<ParameterPtr> parameters) {
  int64_t total = 0;
  for (auto& parameter : parameters) {
    parameter->requires_grad = !parameter->frozen;
    if (parameter->frozen) continue;
    offsets_.push_back(total);
    total += (parameter->value.size() + kAlignment - 1) / kAlignment * kAlignment;
    parameters_.push_back(std::move(parameter));
  }
  values_ = Tensor::zeros(1, total);
  gradients_ = Tensor::zeros(1, total);
  first_moment_ = Tensor::zeros(1, total);
  second_moment_ = Tensor::zeros(1, total);
  for (size_t i = 0; i < parameters_.size(); ++i) {
    Parameter& parameter = *parameters_[i];
    const int64_t rows = parameter.value.rows();
    const int64_t cols = parameter.value.cols();
    float* place = values_.data<float>() + offsets_[i];
    std::copy_n(parameter.value.data<float>(), parameter.value.size(), place);
    const auto keep_alive = [](const Tensor& block) { return std::make_shared<Tensor>(block); };
    parameter.value = Tensor::borrow(place, rows, cols, keep_alive(values_));
    parameter.gradient = Tensor::borrow(gradients_.data<float>() + offsets_[i], rows, cols, keep_alive(gradients_));
    parameter.touched.clear();
  }
}

void ParameterBlock::clear_gradients() {
  for (const auto& parameter : parameters_) {
    Tensor& gradient = parameter->gradient;
    if (!parameter->sparse_rows) {
      zero(gradient.data<float>(), gradient.size());
      continue;
    }
    for (const int32_t row : parameter->touched)
      std::fill_n(gradient.row<float>(row), gradient.cols(), 0.0F);
    parameter->touched.clear();
  }
}

double ParameterBlock::gradient_norm() const {
  double sum = 0;
  for (const auto& parameter : parameters_) {
    const Tensor& gradient = parameter->gradient;
    if (!parameter->sparse_rows) {
      sum += squared_norm(gradient.data<float>(), gradient.size());
      continue;
    }
    for (const int32_t row : parameter->touched) {
      sum += kernels<float>().squared_norm(gradient.row<float>(row), gradient.cols());
    }
  }
  return std::sqrt(sum);
}

}  // namespace sbert
