#pragma once

#include "nn/feature_name.h"
#include "nn/module.h"

namespace sbert::nn {

/// x / max(|x|, 1e-12) for sentence embeddings, or each token's. No file on disk but the directory where it is the
/// former.
class Normalize : public Module {
 public:
  explicit Normalize(FeatureName name = FeatureName::sentence_embedding) : name_(name) {}
  static std::shared_ptr<Normalize> from_config(const Json& config, const std::string& where);

  std::string type() const override { return "Normalize"; }
  void forward(Execution& run, Features& features) const override;
  Dimensions dimensions(const Dimensions& input) const override;
  std::string config_file() const override;
  OrderedJson config() const override;

 private:
  FeatureName name_;
};

}  // namespace sbert::nn
