#include "train/adamw.h"

#include <algorithm>
#include <cmath>

#include "base/threads.h"
#include "kernels/kernel_table.h"

namespace sbert {
namespace {

constexpr int64_t kPiece = 1 << 14;

KernelTable<float>::AdamW decay_only(double lr, const AdamWOptions& options) {
  // With gradient and moments 0 the update is the decay alone; corrections of 1 keep its other term finite.
  return {.lr = static_cast<float>(lr),
          .beta1 = static_cast<float>(options.beta1),
          .beta2 = static_cast<float>(options.beta2),
          .epsilon = static_cast<float>(options.epsilon),
          .weight_decay = static_cast<float>(options.weight_decay),
          .bias_correction1 = 1,
          .bias_correction2 = 1,
          .grad_scale = 1};
}

}  // namespace

AdamW::AdamW(ParameterBlock& block, const AdamWOptions& options)
    : block_(block), options_(options), rows_(block.parameters().size()) {
  for (size_t i = 0; i < rows_.size(); ++i) {
    Parameter& parameter = *block.parameters()[i];
    if (!parameter.sparse_rows) continue;
    rows_[i].is_active.resize(static_cast<size_t>(parameter.rows()));
    rows_[i].made_up.resize(static_cast<size_t>(parameter.rows()));
    parameter.before_read = [this, i](std::span<const int32_t> rows) { make_up_decay(i, rows); };
  }
}

AdamW::~AdamW() {
  for (const auto& parameter : block_.parameters())
    parameter->before_read = nullptr;
}

void AdamW::make_up_decay(size_t index, int64_t row) {
  const Parameter& parameter = *block_.parameters()[index];
  uint64_t& made_up = rows_[index].made_up[static_cast<size_t>(row)];
  if (parameter.weight_decay && options_.weight_decay != 0 && made_up < steps()) {
    const int64_t cols = parameter.cols();
    std::vector<float> zeros(static_cast<size_t>(3 * cols));
    for (uint64_t step = made_up; step < steps(); ++step) {
      kernels<float>().adamw(decay_only(learning_rates_[step], options_), cols, parameter.value.row<float>(row),
                             zeros.data(), zeros.data() + cols, zeros.data() + 2 * cols, nullptr);
    }
  }
  made_up = steps();
}

void AdamW::make_up_decay(size_t index, std::span<const int32_t> rows) {
  std::vector<int32_t> late;
  for (const int32_t row : rows) {
    const auto place = static_cast<size_t>(row);
    if (!rows_[index].is_active[place] && rows_[index].made_up[place] < steps()) late.push_back(row);
  }
  std::sort(late.begin(), late.end());
  late.erase(std::unique(late.begin(), late.end()), late.end());
  parallel_for(static_cast<int64_t>(late.size()), 16, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i)
      make_up_decay(index, int64_t{late[static_cast<size_t>(i)]});
  });
}

void AdamW::activate_touched_rows(size_t index) {
  const std::vector<int32_t>& touched = block_.parameters()[index]->touched;
  make_up_decay(index, touched);
  Rows& rows = rows_[index];
  for (const int32_t row : touched) {
    if (rows.is_active[static_cast<size_t>(row)]) continue;
    rows.is_active[static_cast<size_t>(row)] = true;
    rows.active.push_back(row);
  }
}

std::vector<AdamW::Piece> AdamW::pieces_to_update() const {
  std::vector<Piece> pieces;
  for (size_t i = 0; i < rows_.size(); ++i) {
    const Parameter& parameter = *block_.parameters()[i];
    if (parameter.sparse_rows) {
      for (const int64_t row : rows_[i].active)
        pieces.push_back({i, row * parameter.cols(), parameter.cols()});
      continue;
    }
    const int64_t size = parameter.value.size();
    for (int64_t begin = 0; begin < size; begin += kPiece)
      pieces.push_back({i, begin, std::min(kPiece, size - begin)});
  }
  return pieces;
}

void AdamW::step(double lr, double gradient_scale) {
  for (size_t i = 0; i < rows_.size(); ++i) {
    if (block_.parameters()[i]->sparse_rows) activate_touched_rows(i);
  }
  learning_rates_.push_back(lr);
  const auto steps = static_cast<double>(learning_rates_.size());
  KernelTable<float>::AdamW update = decay_only(lr, options_);
  update.bias_correction1 = static_cast<float>(1 - std::pow(options_.beta1, steps));
  update.bias_correction2 = static_cast<float>(1 - std::pow(options_.beta2, steps));
  update.grad_scale = static_cast<float>(gradient_scale);

  const auto pieces = pieces_to_update();
  parallel_for(static_cast<int64_t>(pieces.size()), 8, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const Piece& piece = pieces[static_cast<size_t>(i)];
      const Parameter& parameter = *block_.parameters()[piece.parameter];
      auto own = update;
      if (!parameter.weight_decay) own.weight_decay = 0;
      BFloat16* shadow = parameter.rounded.defined() ? parameter.rounded.data<BFloat16>() + piece.begin : nullptr;
      kernels<float>().adamw(own, piece.count, parameter.value.data<float>() + piece.begin,
                             parameter.gradient.data<float>() + piece.begin,
                             block_.first_moment(piece.parameter) + piece.begin,
                             block_.second_moment(piece.parameter) + piece.begin, shadow);
    }
  });
}

void AdamW::resume(uint64_t steps) {
  learning_rates_.assign(steps, 0);  // past ones are not asked for: finish() made up for them
  for (size_t i = 0; i < rows_.size(); ++i) {
    const Parameter& parameter = *block_.parameters()[i];
    rows_[i].made_up.assign(rows_[i].made_up.size(), steps);
    for (int64_t row = 0; row < static_cast<int64_t>(rows_[i].is_active.size()); ++row) {
      const float* moment = block_.second_moment(i) + row * parameter.cols();
      if (std::all_of(moment, moment + parameter.cols(), [](float x) { return x == 0; })) continue;
      rows_[i].is_active[static_cast<size_t>(row)] = true;
      rows_[i].active.push_back(row);
    }
  }
}

void AdamW::finish() {
  for (size_t i = 0; i < rows_.size(); ++i) {
    const auto& is_active = rows_[i].is_active;
    parallel_for(static_cast<int64_t>(is_active.size()), 64, [&](int64_t begin, int64_t end) {
      for (int64_t row = begin; row < end; ++row) {
        if (!is_active[static_cast<size_t>(row)]) make_up_decay(i, row);
      }
    });
  }
}

}  // namespace sbert
