#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <sbert/sbert.h>

#include "model/implementation.h"
#include "support/goldens.h"

namespace sbert::test {

/// The rows of a golden file of texts.
inline std::vector<InputExample> golden_examples(const Json& golden) {
  const auto columns = golden.at("columns").get<std::vector<std::vector<std::string>>>();
  std::vector<InputExample> examples(columns.front().size());
  for (size_t i = 0; i < examples.size(); ++i) {
    for (const auto& column : columns)
      examples[i].texts.push_back(column[i]);
    if (golden.contains("labels") && !golden.at("labels").is_null())
      examples[i].label = golden.at("labels")[i].get<float>();
  }
  return examples;
}

/// Eight pairs (anchor, positive).
inline std::vector<InputExample> small_pairs() {
  return golden_examples(golden_json("training_mnrl.json"));
}

/// A small model, with dropout, in a directory: it trains in milliseconds.
inline std::string small_model(const std::filesystem::path& directory) {
  std::filesystem::copy(engine_golden("model"), directory, std::filesystem::copy_options::recursive);
  Json config = read_json_file(directory / "config.json");
  config["hidden_dropout_prob"] = config["attention_probs_dropout_prob"] = 0.1;
  std::ofstream(directory / "config.json") << config;
  return directory.string();
}

/// All parameters, one after the other.
inline std::vector<float> all_values(const SentenceTransformer& model) {
  std::vector<float> values;
  for (const auto& parameter : model.implementation().parameters()) {
    const float* data = parameter->value.data<float>();
    values.insert(values.end(), data, data + parameter->value.size());
  }
  return values;
}

}  // namespace sbert::test
