#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tensor/variable.h"

namespace sbert {

/// A tensor that is learned. In memory it is one matrix; on disk it may be several tensors stacked along the first axis
/// (the fused query/key/value projection [3H, H] is three).
struct Parameter : Variable {
  struct Part {
    std::string name;            ///< on disk, below the module
    std::vector<int64_t> shape;  ///< on disk
  };

  std::vector<Part> parts;
  bool weight_decay = true;        ///< biases and LayerNorm parameters have none
  bool gemm_weight = false;        ///< read by GEMMs: keeps a bf16 shadow in `rounded` when those are bf16
  bool sparse_rows = false;        ///< an embedding table: only the rows in `touched` have a gradient
  bool frozen = false;             ///< never trained
  std::vector<int32_t> touched{};  ///< rows that got a gradient in this step, ascending, where `sparse_rows`
  /// Where `sparse_rows`: called with the rows that are about to be read, if the optimiser's work on others may wait.
  std::function<void(std::span<const int32_t> rows)> before_read{};
};
using ParameterPtr = std::shared_ptr<Parameter>;

/// A weight [out, in] (or of any shape that reads as rows x cols), read by GEMMs.
ParameterPtr make_weight(std::vector<Parameter::Part> parts);
/// A bias, or a LayerNorm's scale: one row, no weight decay.
ParameterPtr make_bias(std::vector<Parameter::Part> parts);
/// An embedding table [entries, hidden].
ParameterPtr make_embedding(Parameter::Part part);

/// Rows and columns of the matrix in memory: the first axis of all parts, and the product of the others; a vector is a
/// row.
int64_t parameter_rows(const Parameter& parameter);
int64_t parameter_cols(const Parameter& parameter);
int64_t parameter_size(const Parameter& parameter);

/// Writes the bf16 shadow of every GEMM weight.
void round_weights(const std::vector<ParameterPtr>& parameters);

}  // namespace sbert
