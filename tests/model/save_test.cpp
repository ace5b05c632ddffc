#include "model/save.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include <sbert/sentence_transformer.h>

#include "base/files.h"
#include "model/model_files.h"
#include "support/errors.h"
#include "support/goldens.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;
using test::TemporaryDirectory;

fs::path copy_of(const fs::path& model, const fs::path& to) {
  fs::copy(model, to, fs::copy_options::recursive);
  return to;
}

std::vector<float> embedding_of(const SentenceTransformer& model) {
  const auto embeddings = model.encode(std::vector<std::string>{"the cat sleeps"}, {.precision = Precision::f32});
  return {embeddings[0].begin(), embeddings[0].end()};
}

std::vector<std::string> hidden_entries(const fs::path& directory) {
  std::vector<std::string> hidden;
  for (const auto& entry : fs::directory_iterator(directory)) {
    if (entry.path().filename().string().starts_with('.')) hidden.push_back(entry.path().filename());
  }
  return hidden;
}

TEST(Save, DoesNotReadTheSourceAgain) {
  for (const char* name : {"engine/model", "engine/model_dense", "static/plain", "words/hugging_face", "words/phrase",
                           "router/two_encoders"}) {
    const fs::path source = test::goldens_directory() / name;
    const TemporaryDirectory directory;
    const SentenceTransformer model(copy_of(source, directory / "base").string());
    SentenceTransformer(source.string()).save(directory / "wanted");
    fs::remove_all(directory / "base");
    model.save(directory / "saved");
    for (const fs::path& file : list_model_files(directory / "wanted"))
      EXPECT_EQ(read_file(directory / "saved" / file), read_file(directory / "wanted" / file)) << source << file;
  }
}

TEST(Save, AModelOpensThoughSavingStopsHalfWay) {
  const TemporaryDirectory directory;
  const fs::path target = copy_of(test::engine_golden("model"), directory / "model");
  const SentenceTransformer other(test::engine_golden("model_dense").string());
  // In the way of a file, as a full disk would be.
  fs::remove(target / "config.json");
  fs::create_directories(target / "config.json" / "x");
  test::expect_error([&] { other.save(target); }, ErrorCode::io, {"model/config.json"});
  EXPECT_EQ(embedding_of(SentenceTransformer(target.string())), embedding_of(other));
  fs::remove_all(target / "config.json");
  other.save(target);
  EXPECT_EQ(embedding_of(SentenceTransformer(target.string())), embedding_of(other));
  EXPECT_EQ(hidden_entries(target), std::vector<std::string>());
}

TEST(Save, SaysBeforeWhatIsInTheWay) {
  const TemporaryDirectory directory;
  const SentenceTransformer model(test::engine_golden("model_dense").string());
  require_place_for_model(model.implementation(), directory / "none");
  fs::create_directories(directory / "dense" / "2_Dense" / "model.safetensors");
  test::expect_error([&] { require_place_for_model(model.implementation(), directory / "dense"); }, ErrorCode::io,
                     {"2_Dense/model.safetensors", "directory"});
  fs::create_directories(directory / "pooling");
  std::ofstream(directory / "pooling" / "1_Pooling") << "mine";
  test::expect_error([&] { require_place_for_model(model.implementation(), directory / "pooling"); }, ErrorCode::io,
                     {"1_Pooling", "file"});
}

TEST(ModelFiles, AreThoseThatOpeningAModelReads) {
  for (const char* name : {"model.safetensors", "model-00001-of-00003.safetensors", "pytorch_model-00001-of-00002.bin",
                           "sentence_xlnet_config.json", "vocab.txt", "modules.json"})
    EXPECT_TRUE(is_model_file(name)) << name;
  for (const char* name : {"README.md", "data.bin", "optimizer.safetensors", "trainer_state.json", "sentences.json"})
    EXPECT_FALSE(is_model_file(name)) << name;
}

}  // namespace
}  // namespace sbert
