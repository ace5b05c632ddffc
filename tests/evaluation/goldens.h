#pragma once

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include <sbert/evaluation.h>

#include "base/json.h"
#include "evaluation/lookup_model.h"
#include "support/test_data.h"

namespace sbert::test {

/// tests/goldens/evaluation/<name>.json, written by tools/goldens/make_evaluation_goldens.py.
inline Json golden(const std::string& name) {
  return read_json_file(goldens_directory() / "evaluation" / (name + ".json"));
}

inline SentenceTransformer golden_model(const Json& golden) {
  return lookup_model(golden.at("embeddings").get<EmbeddingTable>());
}

/// The CSV file has the name and the columns that Python's has, and the same numbers.
inline void expect_csv(const evaluation::EvaluationResult& result, const Json& expected) {
  ASSERT_EQ(result.csv.size(), 1u);
  const evaluation::EvaluationResult::Csv& csv = result.csv.front();
  EXPECT_EQ(csv.file, expected.at("file"));
  const Json &header = expected.at("header"), &row = expected.at("row");
  ASSERT_EQ(csv.columns.size() + 2, header.size());
  for (size_t i = 0; i < csv.columns.size(); ++i) {
    EXPECT_EQ(csv.columns[i].first, header[i + 2]);
    EXPECT_NEAR(csv.columns[i].second, row[i + 2].get<double>(), 1e-5) << csv.columns[i].first;
  }
}

/// Same metrics, to 4 decimals and better, the same primary one, and the same CSV file.
inline void expect_metrics(const evaluation::EvaluationResult& result, const Json& expected) {
  EXPECT_EQ(result.primary, expected.at("primary"));
  EXPECT_EQ(result.metrics.size(), expected.at("metrics").size());
  for (const auto& [name, value] : expected.at("metrics").items()) {
    ASSERT_TRUE(result.metrics.count(name)) << name;
    EXPECT_NEAR(result.metrics.at(name), value.get<double>(), 1e-5) << name;
  }
  expect_csv(result, expected.at("csv"));
}

inline const std::vector<SimilarityFunction> kAllFunctions{
    SimilarityFunction::cosine, SimilarityFunction::dot, SimilarityFunction::euclidean, SimilarityFunction::manhattan};

}  // namespace sbert::test
