#pragma once

#include <cstddef>

namespace sbert {

/// What the elements of a matrix are. f64 serves the numeric-Jacobian tests only.
enum class DType { f32, bf16, f64 };

inline size_t element_size(DType dtype) {
  switch (dtype) {
    case DType::bf16:
      return 2;
    case DType::f64:
      return 8;
    case DType::f32:
      break;
  }
  return 4;
}

}  // namespace sbert
