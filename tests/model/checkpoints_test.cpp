#include <set>

#include <gtest/gtest.h>

#include <sbert/sentence_transformer.h>

#include "base/files.h"
#include "base/json.h"
#include "support/goldens.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

Json description() {
  return read_json_file(test::golden_path("checkpoints", "checkpoints.json"));
}

/// A tiny model in the layout of one release or another.
class Checkpoints : public testing::TestWithParam<std::string> {
 protected:
  static void expect_embeddings_of_python(const SentenceTransformer& model) {
    const auto texts = description().at("texts").get<std::vector<std::string>>();
    const auto ours = model.encode(texts, {.precision = Precision::f32});
    const std::vector<float> found(ours.data(), ours.data() + ours.rows() * ours.dimension());
    const auto expected = test::GoldenTensors("checkpoints.safetensors", "checkpoints").values(GetParam());
    ASSERT_EQ(found.size(), expected.size());
    EXPECT_LE(test::max_difference(found, expected), 1e-5);
    EXPECT_EQ(model.max_seq_length(), description().at("max_seq_length").at(GetParam()).get<size_t>());
  }
};

TEST_P(Checkpoints, EmbeddingsAreThoseOfPythonAlsoWhenSaved) {
  const SentenceTransformer model(test::golden_path("checkpoints", GetParam()).string());
  expect_embeddings_of_python(model);
  const test::TemporaryDirectory directory;
  model.save(directory / "saved");
  expect_embeddings_of_python(SentenceTransformer((directory / "saved").string()));
}

INSTANTIATE_TEST_SUITE_P(All, Checkpoints,
                         testing::Values("plain_zip", "plain_legacy", "shards", "shards_bin", "bfloat16", "float64",
                                         "old_transformer", "old_bert", "old_roberta", "new"),
                         [](const auto& test_case) { return test_case.param; });

TEST(Checkpoint, EveryOldNameOfTheModulesFile) {
  for (const char* kind : {"roberta", "distilbert", "camembert", "albert", "xlm-roberta", "xlnet"}) {
    const test::TemporaryDirectory directory;
    fs::copy(test::golden_path("checkpoints", "old_bert"), directory / "model", fs::copy_options::recursive);
    const fs::path folder = directory / "model" / "0_BERT";
    fs::rename(folder / "sentence_bert_config.json", folder / concat("sentence_", kind, "_config.json"));
    EXPECT_EQ(SentenceTransformer((directory / "model").string()).max_seq_length(), 12U) << kind;
  }
}

TEST(Checkpoint, UnusedWeightsAreSavedUnderTheNamesThatPythonExpects) {
  const test::TemporaryDirectory directory;
  SentenceTransformer(test::golden_path("checkpoints", "plain_legacy").string()).save(directory / "saved");
  std::set<std::string> names;
  const SafetensorsFile file(directory / "saved" / "model.safetensors");
  for (const auto& tensor : file.tensors())
    names.insert(tensor.name);
  EXPECT_TRUE(names.contains("embeddings.LayerNorm.weight"));
  EXPECT_TRUE(names.contains("pooler.dense.weight"));  // model.bert.pooler.dense.weight
  EXPECT_FALSE(names.contains("embeddings.position_ids"));
  for (const auto& name : names)
    EXPECT_FALSE(name.starts_with("bert.")) << name;
}

}  // namespace
}  // namespace sbert
