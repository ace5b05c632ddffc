#pragma once

#include <cstdint>
#include <random>

#include <sbert/embeddings.h>

namespace sbert::test {

/// Standard normal numbers, the same on every machine and run.
inline Embeddings random_embeddings(size_t rows, size_t dimension, uint32_t seed) {
  std::mt19937 generator(seed);
  Embeddings result(rows, dimension);
  for (size_t i = 0; i < rows * dimension; ++i) {
    // The sum of uniforms, because std::normal_distribution may differ between standard libraries.
    float sum = -6;
    for (int part = 0; part < 12; ++part)
      sum += static_cast<float>(generator()) * 0x1p-32f;
    result.data()[i] = sum;
  }
  return result;
}

}  // namespace sbert::test
