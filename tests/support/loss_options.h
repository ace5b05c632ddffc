#pragma once

#include <string>

#include "base/json.h"
#include "support/goldens.h"

namespace sbert::test {

/// Options without which there is no such loss.
inline Json needed_options(const std::string& loss) {
  if (loss.find("GIST") != std::string::npos) return {{"guide", engine_golden("model_dense").string()}};
  Json options = Json::object();
  if (loss == "MatryoshkaLoss" || loss == "AdaptiveLayerLoss" || loss == "Matryoshka2dLoss") {
    options["loss"] = "MultipleNegativesRankingLoss";
  }
  if (loss.starts_with("Matryoshka")) options["matryoshka_dims"] = {32, 8};
  return options;
}

}  // namespace sbert::test
