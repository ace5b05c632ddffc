#pragma once

#include <cstdint>
#include <span>

#include "tensor/variable.h"

namespace sbert {

/// Rows [begin, end) of x, sharing its memory.
Var slice_rows(Execution& run, const Var& x, int64_t begin, int64_t end);

/// The rows of all parts, one part below the other.
Var concat_rows(Execution& run, std::span<const Var> parts);

/// The parts side by side: [N, sum of columns].
Var concat_columns(Execution& run, std::span<const Var> parts);

/// The first `count` columns of x.
Var first_columns(Execution& run, const Var& x, int64_t count);

/// y_i = x_i / max(|x_i|, epsilon)
Var normalize_rows(Execution& run, const Var& x, double epsilon = 1e-12);

/// x_i + i x_i, where a row is complex numbers, the first half real and the second imaginary; one of odd length is
/// followed by 0, and what falls outside it is dropped.
Var add_quarter_turn(Execution& run, const Var& x);

/// x_i . y_i for each row -> [N, 1]
Var row_dots(Execution& run, const Var& x, const Var& y);

}  // namespace sbert
