#pragma once

#include "kernels/vec.inl"

namespace sbert {
namespace {

// Matrix products small enough to live in cache, for attention: C = A B or C += A B, where A is read element by element
// through two strides (so it may be transposed) and B and C are padded to whole vectors. A tile of C stays in registers
// while k runs, in order: an element of C is the same whatever rows and columns surround it.

constexpr int kTileRows = 6;
constexpr int kTileVectors = 2;

/// A: element (r, k) at a[r * row + k * column]
template <class T>
struct StridedMatrix {
  const T* data;
  int64_t row;
  int64_t column;
};

/// B: columns in panels of kTileVectors vectors, `panel` elements from one to the next; in a panel, rows are `row`
/// apart.
template <class T>
struct PanelMatrix {
  const T* data;
  int64_t row;
  int64_t panel;
};

template <int Rows, int Vectors, bool Accumulate, class T>
inline void matmul_tile(const StridedMatrix<T>& a, const T* b, int64_t b_row, int64_t depth, T* c, int64_t c_row) {
  Vec<T> sums[Rows][Vectors];
  for (int r = 0; r < Rows; ++r) {
    for (int v = 0; v < Vectors; ++v)
      sums[r][v] = Accumulate ? load(c + r * c_row + v * kLanes<T>) : Vec<T>{};
  }
  for (int64_t k = 0; k < depth; ++k) {
    Vec<T> b_vectors[Vectors];
    for (int v = 0; v < Vectors; ++v)
      b_vectors[v] = load(b + k * b_row + v * kLanes<T>);
    for (int r = 0; r < Rows; ++r) {
      const T factor = a.data[r * a.row + k * a.column];
      for (int v = 0; v < Vectors; ++v)
        sums[r][v] += factor * b_vectors[v];
    }
  }
  for (int r = 0; r < Rows; ++r) {
    for (int v = 0; v < Vectors; ++v)
      store(c + r * c_row + v * kLanes<T>, sums[r][v]);
  }
}

template <int Vectors, bool Accumulate, class T>
void matmul_panel(StridedMatrix<T> a, const T* b, int64_t b_row, int64_t rows, int64_t depth, T* c, int64_t c_row) {
  for (; rows >= kTileRows; rows -= kTileRows) {
    matmul_tile<kTileRows, Vectors, Accumulate>(a, b, b_row, depth, c, c_row);
    a.data += kTileRows * a.row;
    c += kTileRows * c_row;
  }
  static_assert(kTileRows == 6);
  switch (rows) {
    case 5:
      return matmul_tile<5, Vectors, Accumulate>(a, b, b_row, depth, c, c_row);
    case 4:
      return matmul_tile<4, Vectors, Accumulate>(a, b, b_row, depth, c, c_row);
    case 3:
      return matmul_tile<3, Vectors, Accumulate>(a, b, b_row, depth, c, c_row);
    case 2:
      return matmul_tile<2, Vectors, Accumulate>(a, b, b_row, depth, c, c_row);
    case 1:
      return matmul_tile<1, Vectors, Accumulate>(a, b, b_row, depth, c, c_row);
    default:
      return;
  }
}

/// C [rows, cols] = A [rows, depth] B [depth, cols], added to what C holds if Accumulate.
/// REQUIRES: cols is a multiple of kLanes<T>.
template <bool Accumulate, class T>
void small_matmul(StridedMatrix<T> a, PanelMatrix<T> b, int64_t rows, int64_t cols, int64_t depth, T* c,
                  int64_t c_row) {
  constexpr int64_t kPanel = kTileVectors * kLanes<T>;
  for (; cols >= kPanel; cols -= kPanel) {
    matmul_panel<kTileVectors, Accumulate>(a, b.data, b.row, rows, depth, c, c_row);
    b.data += b.panel;
    c += kPanel;
  }
  static_assert(kTileVectors == 2);
  if (cols > 0) matmul_panel<1, Accumulate>(a, b.data, b.row, rows, depth, c, c_row);
}

}  // namespace
}  // namespace sbert
