#pragma once

#include <vector>

#include <sbert/models.h>

#include "nn/module.h"

namespace sbert::nn {

/// Token embeddings [T, H] -> sentence embeddings [N, modes * H]: one block a mode, side by side.
/// On disk: config.json with embedding_dimension and pooling_mode, or the older pooling_mode_* switches; both are read,
/// the older ones, which every version of sentence-transformers understands, are written where they can say it.
class Pooling : public Module {
 public:
  Pooling(int64_t dimension, std::vector<models::PoolingMode> modes, bool include_prompt = true);
  static std::shared_ptr<Pooling> from_config(const Json& config, const std::string& where);

  std::string type() const override { return "Pooling"; }
  void forward(Execution& run, Features& features) const override;
  Dimensions dimensions(const Dimensions& input) const override;
  OrderedJson config() const override;

  const std::vector<models::PoolingMode>& modes() const { return modes_; }

 private:
  int64_t dimension_;
  std::vector<models::PoolingMode> modes_;
  bool include_prompt_;
};

std::string to_string(models::PoolingMode mode);

}  // namespace sbert::nn
