#include "tensor/parameter.h"

#include <utility>

#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {
namespace {

ParameterPtr make_parameter(std::vector<Parameter::Part> parts) {
  auto parameter = std::make_shared<Parameter>();
  parameter->parts = std::move(parts);
  parameter->requires_grad = true;
  return parameter;
}

}  // namespace

ParameterPtr make_weight(std::vector<Parameter::Part> parts) {
  auto parameter = make_parameter(std::move(parts));
  parameter->gemm_weight = true;
  return parameter;
}

ParameterPtr make_bias(std::vector<Parameter::Part> parts) {
  auto parameter = make_parameter(std::move(parts));
  parameter->weight_decay = false;
  return parameter;
}

ParameterPtr make_embedding(Parameter::Part part) {
  auto parameter = make_parameter({std::move(part)});
  parameter->sparse_rows = true;
  return parameter;
}

int64_t parameter_size(const Parameter& parameter) {
  int64_t total = 0;
  for (const auto& part : parameter.parts) {
    int64_t size = 1;
    for (const int64_t extent : part.shape)
      size *= extent;
    total += size;
  }
  return total;
}

int64_t parameter_rows(const Parameter& parameter) {
  if (parameter.parts.front().shape.size() < 2) return 1;
  int64_t rows = 0;
  for (const auto& part : parameter.parts)
    rows += part.shape.front();
  return rows;
}

int64_t parameter_cols(const Parameter& parameter) {
  const int64_t rows = parameter_rows(parameter);
  return rows == 0 ? 0 : parameter_size(parameter) / rows;
}

void round_weights(const std::vector<ParameterPtr>& parameters) {
  for (const auto& parameter : parameters) {
    if (!parameter->gemm_weight) continue;
    const Tensor& value = parameter->value;
    parameter->rounded = Tensor::empty(value.rows(), value.cols(), DType::bf16);
    const auto* from = value.data<float>();
    auto* to = parameter->rounded.data<BFloat16>();
    parallel_for(value.size(), 1 << 15, [&](int64_t begin, int64_t end) {
      kernels<float>().to_bfloat16(from + begin, end - begin, to + begin);
    });
  }
}

}  // namespace sbert
