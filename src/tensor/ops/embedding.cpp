#include "tensor/ops/embedding.h"

#include <algorithm>

#include "base/fail.h"
#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {
namespace {

constexpr int64_t kTokensPerTask = 64, kSequencesPerTask = 8;

/// Before the rows are read. Whatever a tokenizer's file says: nothing outside the table is.
void prepare_rows(const EmbeddingTerm& term) {
  const int64_t rows = term.table->value.rows();
  for (const int32_t id : term.ids) {
    if (id < 0 || id >= rows) {
      fail(ErrorCode::corrupt_data, "token ", id, " has no row in '", term.table->parts.front().name, "', which has ",
           rows);
    }
  }
  if (term.table->before_read) term.table->before_read(term.ids);
}

template <class T>
void forward(const std::vector<EmbeddingTerm>& terms, const Tensor& y) {
  const int64_t hidden = y.cols();
  parallel_for(y.rows(), kTokensPerTask, [&](int64_t begin, int64_t end) {
    for (int64_t t = begin; t < end; ++t) {
      T* sum = y.row<T>(t);
      const T* first = terms[0].table->value.row<T>(terms[0].ids[static_cast<size_t>(t)]);
      std::copy(first, first + hidden, sum);
      for (size_t i = 1; i < terms.size(); ++i) {
        kernels<T>().add_scaled(T{1}, terms[i].table->value.row<T>(terms[i].ids[static_cast<size_t>(t)]), hidden, sum);
      }
    }
  });
}

/// Adds the rows of dy to the rows of the table that they came from. Cut by columns: a row's contributions are added in
/// token order whatever the number of threads.
template <class T>
void scatter(const EmbeddingTerm& term, const Tensor& dy) {
  Parameter& table = *term.table;
  if (!table.gradient.defined()) table.gradient = Tensor::zeros(table.rows(), table.cols(), dy.dtype());
  parallel_for(dy.cols(), 32, [&](int64_t begin, int64_t end) {
    for (int64_t t = 0; t < dy.rows(); ++t) {
      const int32_t id = term.ids[static_cast<size_t>(t)];
      if (id == term.fixed_row) continue;
      kernels<T>().add_scaled(T{1}, dy.row<T>(t) + begin, end - begin, table.gradient.row<T>(id) + begin);
    }
  });
  std::vector<int32_t> rows = term.ids;
  std::erase(rows, term.fixed_row);
  rows.insert(rows.end(), table.touched.begin(), table.touched.end());
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  table.touched = std::move(rows);
}

}  // namespace

Var embedding_sum(Execution& run, const std::vector<EmbeddingTerm>& terms) {
  const Tensor& table = terms.front().table->value;
  const auto tokens = static_cast<int64_t>(terms.front().ids.size());
  for (const auto& term : terms)
    prepare_rows(term);
  const bool trained =
      std::any_of(terms.begin(), terms.end(), [](const auto& term) { return term.table->requires_grad; });
  auto y = make_variable(Tensor::empty(tokens, table.cols(), table.dtype()), trained);
  with_scalar(table.dtype(), [&](auto zero) { forward<decltype(zero)>(terms, y->value); });
  if (run.records(y)) {
    run.tape->record([terms, y] {
      with_scalar(y->gradient.dtype(), [&](auto zero) {
        for (const auto& term : terms) {
          if (term.table->requires_grad) scatter<decltype(zero)>(term, y->gradient);
        }
      });
    });
  }
  return y;
}

Var embedding_mean(Execution& run, const ParameterPtr& table, const PackedBatch& batch) {
  prepare_rows({.table = table, .ids = batch.ids});
  const int64_t hidden = table->value.cols();
  auto y = make_variable(Tensor::empty(batch.sequences(), hidden, table->value.dtype()), table->requires_grad);
  const auto for_each_sequence = [&batch](const auto& body) {
    parallel_for(batch.sequences(), kSequencesPerTask, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i)
        body(i, 1 / static_cast<double>(std::max<int64_t>(batch.length(i), 1)));
    });
  };
  with_scalar(y->value.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for_each_sequence([&](int64_t i, double scale) {
      kernels<T>().sum_rows(table->value.data<T>(), batch.ids.data() + batch.begin(i), batch.length(i), hidden,
                            static_cast<T>(scale), y->value.row<T>(i));
    });
  });
  if (!run.records(y)) return y;
  run.tape->record([table, y, &batch, hidden, for_each_sequence] {
    with_scalar(y->gradient.dtype(), [&](auto zero) {
      using T = decltype(zero);
      const Tensor dx = Tensor::zeros(batch.tokens(), hidden, y->gradient.dtype());
      for_each_sequence([&](int64_t i, double scale) {
        for (int64_t t = batch.begin(i); t < batch.begin(i) + batch.length(i); ++t)
          kernels<T>().add_scaled(static_cast<T>(scale), y->gradient.row<T>(i), hidden, dx.row<T>(t));
      });
      scatter<T>({.table = table, .ids = batch.ids}, dx);
    });
  });
  return y;
}

}  // namespace sbert
