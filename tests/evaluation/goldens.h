#pragma once

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include <sbert/evaluation.h>

#include "base/json.h"
#include "evaluation/lookup_model.h"

namespace sbert::test {

/// tests/goldens/evaluation/<name>.json, written by tools/goldens/make_evaluation_goldens.py.
inline Json golden(const std::string& name) {
  return read_json_file(std::filesystem::path(SBERT_TEST_DATA) / "evaluation" / (name + ".json"));
}

inline SentenceTransformer golden_model(const Json& golden) {
  return lookup_model(golden.at("embeddings").get<EmbeddingTable>());
}

/// Same metrics, to 4 decimals and better, and the same primary one.
inline void expect_metrics(const evaluation::EvaluationResult& result, const Json& expected) {
  EXPECT_EQ(result.primary, expected.at("primary"));
  EXPECT_EQ(result.metrics.size(), expected.at("metrics").size());
  for (const auto& [name, value] : expected.at("metrics").items()) {
    ASSERT_TRUE(result.metrics.count(name)) << name;
    EXPECT_NEAR(result.metrics.at(name), value.get<double>(), 1e-6) << name;
  }
}

inline const std::vector<SimilarityFunction> kAllFunctions{
    SimilarityFunction::cosine, SimilarityFunction::dot, SimilarityFunction::euclidean, SimilarityFunction::manhattan};

}  // namespace sbert::test
