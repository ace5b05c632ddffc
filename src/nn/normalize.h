#pragma once

#include "nn/module.h"

namespace sbert::nn {

/// sentence_embedding / max(|sentence_embedding|, 1e-12). No file on disk but the directory.
class Normalize : public Module {
 public:
  std::string type() const override { return "Normalize"; }
  void forward(Execution& run, Features& features) const override;
  Dimensions dimensions(const Dimensions& input) const override;
  std::string config_file() const override { return ""; }
  OrderedJson config() const override { return OrderedJson::object(); }
};

}  // namespace sbert::nn
