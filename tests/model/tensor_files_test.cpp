#include "model/tensor_files.h"

#include <gtest/gtest.h>

#include "model/safetensors.h"
#include "support/errors.h"
#include "support/goldens.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;
using test::expect_error;
using test::TemporaryDirectory;

/// A directory with two shards, one tensor each, and this index.
class Shards {
 public:
  explicit Shards(const std::string& index, const std::string& second_name = "b") {
    const float value = 1;
    write_safetensors(directory_ / "1.safetensors", std::vector<TensorToWrite>{{"a", {1}, &value}}, {});
    write_safetensors(directory_ / "2.safetensors", std::vector<TensorToWrite>{{second_name, {1}, &value}}, {});
    write_file_atomically(directory_ / "model.safetensors.index.json", index);
  }
  std::shared_ptr<const TensorFiles> open() const { return TensorFiles::open(directory_.path()); }

 private:
  TemporaryDirectory directory_;
};

TEST(TensorFiles, OpensAllShards) {
  const auto files = Shards(R"({"weight_map":{"a":"1.safetensors","b":"2.safetensors"}})").open();
  EXPECT_EQ(files->tensors().size(), 2U);
  ASSERT_NE(files->find("b"), nullptr);
  EXPECT_EQ(files->find("b")->name, "b");
  EXPECT_EQ(files->find("c"), nullptr);
}

TEST(TensorFiles, MalformedIndex) {
  const auto refuse = [](const std::string& index, const std::string& part) {
    const Shards shards(index);
    expect_error([&] { shards.open(); }, ErrorCode::corrupt_data, {"model.safetensors.index.json", part});
  };
  refuse("{", "line 1");
  refuse("[]", "'weight_map' is missing");
  refuse(R"({"weight_map":3})", "'weight_map'");
  refuse(R"({"weight_map":{"a":3}})", "'weight_map'");
  for (const std::string shard :
       {"../1.safetensors", "/etc/passwd", "..", "", "x/1.safetensors", "1.safetensors\\u0000x"}) {
    refuse(R"({"weight_map":{"a":")" + shard + "\"}}", "leads out of the directory");
  }
}

TEST(TensorFiles, MissingOrRepeatingShards) {
  const Shards missing(R"({"weight_map":{"a":"1.safetensors","b":"3.safetensors"}})");
  expect_error([&] { missing.open(); }, ErrorCode::not_found, {"3.safetensors"});
  const Shards twice(R"({"weight_map":{"a":"1.safetensors","b":"2.safetensors"}})", "a");
  expect_error([&] { twice.open(); }, ErrorCode::corrupt_data, {"2.safetensors", "'a'", "twice"});
  const TemporaryDirectory empty;
  expect_error([&] { TensorFiles::open(empty.path()); }, ErrorCode::not_found, {"model.safetensors"});
}

TEST(TensorFiles, InPythonsOrder) {
  const TemporaryDirectory directory;
  const auto copy = [&](const fs::path& from, const std::string& to) {
    fs::copy_file(test::golden_path("checkpoints", from.string()), directory / to,
                  fs::copy_options::overwrite_existing);
  };
  const auto has = [&](const char* name) { return TensorFiles::open(directory.path())->find(name) != nullptr; };
  for (const std::string shard : {"pytorch_model-00001-of-00002.bin", "pytorch_model-00002-of-00002.bin"})
    copy("shards_bin/" + shard, shard);
  copy("shards_bin/pytorch_model.bin.index.json", "pytorch_model.bin.index.json");
  EXPECT_TRUE(has("embeddings.LayerNorm.weight"));
  copy("tensors_zip.bin", "pytorch_model.bin");
  EXPECT_TRUE(has("transposed"));
  for (const std::string shard : {"model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"})
    copy("shards/" + shard, shard);
  copy("shards/model.safetensors.index.json", "model.safetensors.index.json");
  EXPECT_TRUE(has("embeddings.LayerNorm.weight"));
  const float value = 1;
  write_safetensors(directory / "model.safetensors", std::vector<TensorToWrite>{{"a", {1}, &value}}, {});
  EXPECT_TRUE(has("a"));
}

}  // namespace
}  // namespace sbert
