#include <fstream>
#include <functional>
#include <sys/mount.h>
#include <sys/stat.h>

#include <gtest/gtest.h>

#include <sbert/sentence_transformer.h>

#include "base/fail.h"
#include "base/files.h"
#include "base/json.h"
#include "model/safetensors.h"
#include "support/errors.h"
#include "support/goldens.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;
using test::expect_error;
using test::TemporaryDirectory;

/// A copy of a golden model that a test may break.
class Copy {
 public:
  explicit Copy(const std::string& name = "model") {
    fs::copy(test::engine_golden(name), path(), fs::copy_options::recursive);
  }

  fs::path path() const { return directory_ / "model"; }
  fs::path operator/(const std::string& name) const { return path() / name; }

  /// Lets `change` edit one of its JSON files.
  void edit(const std::string& name, const std::function<void(Json&)>& change) const {
    Json json = read_json_file(path() / name);
    change(json);
    write_file_atomically(path() / name, json.dump(1));
  }

  void expect_load_error(ErrorCode code, const std::vector<std::string>& parts) const {
    expect_error([&] { const SentenceTransformer model(path().string()); }, code, parts);
  }

 private:
  TemporaryDirectory directory_;
};

/// A config.json with one other value must be refused, naming file and key.
void expect_config_refused(const std::string& key, const Json& value, ErrorCode code = ErrorCode::corrupt_data) {
  SCOPED_TRACE(key + " = " + value.dump());
  const Copy model;
  model.edit("config.json", [&](Json& config) { config[key] = value; });
  model.expect_load_error(code, {"config.json", key});
}

/// Replaces one tensor of the weights.
void replace_tensor(const Copy& model, const std::string& name, const std::vector<int64_t>& shape) {
  const SafetensorsFile file(model / "model.safetensors");
  std::vector<std::vector<float>> values;
  std::vector<TensorToWrite> tensors;
  for (const auto& tensor : file.tensors()) {
    values.emplace_back(tensor.bytes.size() / sizeof(float));
    copy_as_float(tensor, values.back().data());
    tensors.push_back({tensor.name, tensor.name == name ? shape : tensor.shape, values.back().data()});
  }
  write_safetensors(model / "model.safetensors", tensors, {});
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(LoadErrors, NoSuchModel) {
  expect_error([] { const SentenceTransformer model("/nowhere/model"); }, ErrorCode::not_found, {"/nowhere/model"});
  const TemporaryDirectory empty;
  expect_error([&] { const SentenceTransformer model(empty.path().string()); }, ErrorCode::not_found, {"config.json"});
}

TEST(LoadErrors, WithoutModuleListAPlainCheckpointNeedsItsConfig) {
  const Copy model;
  fs::remove(model / "modules.json");
  EXPECT_NO_THROW(SentenceTransformer(model.path().string()));
  fs::remove(model / "config.json");
  model.expect_load_error(ErrorCode::not_found, {"config.json", "neither modules.json nor config.json"});
}

TEST(LoadErrors, EachMissingFileIsNamed) {
  for (const std::string file : {"config.json", "tokenizer.json", "model.safetensors", "1_Pooling/config.json"}) {
    const Copy model;
    fs::remove(model / file);
    model.expect_load_error(ErrorCode::not_found, {file});
  }
}

TEST(LoadErrors, BrokenJsonIsNamedWithItsPlace) {
  for (const std::string file :
       {"modules.json", "config.json", "tokenizer.json", "sentence_bert_config.json", "tokenizer_config.json",
        "config_sentence_transformers.json", "1_Pooling/config.json"}) {
    const Copy model;
    write_file_atomically(model / file, "{\n  \"a\": nope}");
    model.expect_load_error(ErrorCode::corrupt_data, {file, "line 2, column 9"});
    write_file_atomically(model / file, "");
    model.expect_load_error(ErrorCode::corrupt_data, {file, "line 1, column 1"});
  }
}

TEST(LoadErrors, ModuleList) {
  const auto refuse = [](const Json& list, ErrorCode code, const std::vector<std::string>& parts) {
    SCOPED_TRACE(list.dump());
    const Copy model;
    write_file_atomically(model / "modules.json", list.dump());
    std::vector<std::string> all{"modules.json"};
    all.insert(all.end(), parts.begin(), parts.end());
    model.expect_load_error(code, all);
  };
  const Json transformer{{"path", ""}, {"type", "sentence_transformers.models.Transformer"}};
  const auto pooling_at = [](const std::string& path) {
    return Json{{"path", path}, {"type", "sentence_transformers.Pooling"}};
  };
  refuse(Json::array(), ErrorCode::corrupt_data, {"list of modules"});
  refuse(Json::object(), ErrorCode::corrupt_data, {"list of modules"});
  refuse(Json::array({3}), ErrorCode::corrupt_data, {"'type' is missing"});
  refuse(Json::array({{{"path", ""}}}), ErrorCode::corrupt_data, {"'type' is missing"});
  refuse(Json::array({{{"type", "sentence_transformers.Transformer"}}}), ErrorCode::corrupt_data,
         {"'path' is missing"});
  refuse(Json::array({{{"type", 3}, {"path", ""}}}), ErrorCode::corrupt_data, {"'type'"});
  refuse({transformer, {{"path", "2"}, {"type", "sentence_transformers.Teleport"}}}, ErrorCode::unsupported,
         {"'Teleport'", "Pooling"});
  for (const std::string type : {"custom_st.Pooling", "Pooling", "my.sentence_transformers.Pooling"})
    refuse({transformer, {{"path", "1_Pooling"}, {"type", type}}}, ErrorCode::unsupported, {type, "never run"});
  for (const std::string path : {"../x", "..", "/etc", "1_Pooling/../../x", "./../x"}) {
    refuse({transformer, pooling_at(path)}, ErrorCode::corrupt_data, {path, "leads out"});
  }
  refuse(Json::array({pooling_at("1_Pooling")}), ErrorCode::corrupt_data, {"Pooling"});
}

TEST(LoadErrors, ModulePathsThatDoNotExist) {
  for (const std::string& path : {std::string("none"), std::string(5000, 'x'), std::string("1_Pooling\0x", 11)}) {
    const Copy model;
    model.edit("modules.json", [&](Json& list) { list[1]["path"] = path; });
    EXPECT_THROW(SentenceTransformer(model.path().string()), Error);
  }
}

TEST(LoadErrors, EncoderConfig) {
  for (const char* key : {"vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size",
                          "max_position_embeddings"}) {
    for (const Json& value :
         {Json(0), Json(-1), Json(int64_t{1} << 62), Json(~uint64_t{0}), Json(2.5), Json("32"), Json::array()}) {
      expect_config_refused(key, value);
    }
    const Copy model;
    model.edit("config.json", [&](Json& config) { config.erase(key); });
    model.expect_load_error(ErrorCode::corrupt_data, {"config.json", key, "missing"});
  }
  expect_config_refused("num_attention_heads", 5);  // 32 is not a multiple
  expect_config_refused("type_vocab_size", -1);
  expect_config_refused("type_vocab_size", int64_t{1} << 62);
  expect_config_refused("hidden_dropout_prob", 1.0);
  expect_config_refused("attention_probs_dropout_prob", -0.1);
  expect_config_refused("layer_norm_eps", -1.0);
  expect_config_refused("layer_norm_eps", "tiny");
  expect_config_refused("hidden_act", "prelu", ErrorCode::unsupported);
  expect_config_refused("auto_map", {{"AutoModel", "modeling_x.XModel"}}, ErrorCode::unsupported);
  expect_config_refused("position_embedding_type", "relative_key", ErrorCode::unsupported);
  expect_config_refused("model_type", "telepathy", ErrorCode::unsupported);
  expect_config_refused("model_type", 3);
}

TEST(LoadErrors, ConfigThatIsNoObject) {
  for (const std::string file : {"config.json", "tokenizer.json", "1_Pooling/config.json"}) {
    const Copy model;
    write_file_atomically(model / file, "[1, 2]");
    model.expect_load_error(ErrorCode::corrupt_data, {file});
  }
}

TEST(LoadErrors, TokensWithoutEmbeddingsMatterWhereTheyOccur) {
  const Copy model;
  model.edit("tokenizer.json", [](Json& tokenizer) {
    Json token = tokenizer["added_tokens"][0];
    token["id"] = 166;
    token["content"] = "[MORE]";
    tokenizer["added_tokens"].push_back(token);
  });
  const SentenceTransformer loaded(model.path().string());
  EXPECT_EQ(loaded.encode("a man"), SentenceTransformer(test::engine_golden("model").string()).encode("a man"));
  expect_error([&] { loaded.encode("a man [MORE]"); }, ErrorCode::corrupt_data, {"'[MORE]'", "166"});
}

TEST(LoadErrors, SettingsAsPythonTakesThem) {
  const Copy model;
  model.edit("config_sentence_transformers.json", [](Json& config) {
    config["prompts"] = {{"query", nullptr}, {"passage", "p: "}};
    config["default_prompt_name"] = nullptr;
  });
  model.edit("sentence_bert_config.json", [](Json& config) { config["do_lower_case"] = 1; });
  model.edit("1_Pooling/config.json", [](Json& config) { config["include_prompt"] = 0; });
  std::string config = read_file(model / "config.json");
  write_file_atomically(model / "config.json", config.insert(1, "\"task_specific\": [NaN, -Infinity],"));
  const SentenceTransformer loaded(model.path().string());
  EXPECT_EQ(loaded.prompts(),
            (std::map<std::string, std::string>{{"document", ""}, {"passage", "p: "}, {"query", ""}}));
  EXPECT_EQ(loaded.tokenize("A MAN").ids, loaded.tokenize("a man").ids);
  EXPECT_NE(loaded.encode("a man", {.prompt = "red "}), loaded.encode("red a man"));
  const test::TemporaryDirectory saved;
  EXPECT_NO_THROW(loaded.save(saved / "model"));
  EXPECT_EQ(SentenceTransformer((saved / "model").string()).prompts(), loaded.prompts());

  model.edit("config_sentence_transformers.json", [](Json& json) { json["prompts"] = nullptr; });
  EXPECT_EQ(SentenceTransformer(model.path().string()).prompts().size(), 2U);
}

TEST(LoadErrors, WeightsWithNullAsMetadata) {
  const Copy model;
  const std::string weights = read_file(model / "model.safetensors");
  const std::string metadata = R"("__metadata__":{"format":"pt"})";
  const std::string null = concat(R"("__metadata__":null)", std::string(metadata.size() - 19, ' '));
  write_file_atomically(model / "model.safetensors", replaced(weights, metadata, null));
  EXPECT_NO_THROW(SentenceTransformer(model.path().string()));
}

TEST(LoadErrors, WhatIsNoRegularFile) {
  for (const std::string file : {"config.json", "tokenizer.json", "model.safetensors", "1_Pooling/config.json"}) {
    const Copy model;
    fs::remove(model / file);
    ASSERT_EQ(::mkfifo((model / file).c_str(), 0600), 0);
    model.expect_load_error(ErrorCode::corrupt_data, {file, "is a pipe"});
    fs::remove(model / file);
    fs::create_symlink("/dev/zero", model / file);
    model.expect_load_error(ErrorCode::corrupt_data, {file, "is a device"});
    fs::remove(model / file);
    fs::create_symlink("nothing", model / file);
    model.expect_load_error(ErrorCode::not_found, {file, "link to nothing"});
    fs::remove(model / file);
    fs::create_symlink(fs::path(file).filename(), model / file);
    model.expect_load_error(ErrorCode::io, {file, "Too many levels"});
  }
}

TEST(LoadErrors, GitLfsPointers) {
  for (const std::string file : {"config.json", "tokenizer.json", "model.safetensors", "modules.json"}) {
    const Copy model;
    write_file_atomically(model / file, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 7\n");
    model.expect_load_error(ErrorCode::corrupt_data, {file, "Git LFS pointer"});
  }
}

TEST(LoadErrors, DirectoriesThatCannotBeFollowed) {
  const TemporaryDirectory directory;
  fs::create_symlink("b", directory / "a");
  fs::create_symlink("a", directory / "b");
  fs::create_symlink("nothing", directory / "dangling");
  const auto open = [&](const char* name) { const SentenceTransformer model((directory / name).string()); };
  expect_error([&] { open("a"); }, ErrorCode::io, {"/a", "Too many levels"});
  expect_error([&] { open("dangling"); }, ErrorCode::not_found, {"dangling", "link to nothing"});
  const Copy model;
  fs::permissions(model.path(), fs::perms::none);
  if (fs::status(model / "config.json").type() == fs::file_type::regular) GTEST_SKIP() << "this user may read all";
  model.expect_load_error(ErrorCode::io, {"Permission denied"});
  fs::permissions(model.path(), fs::perms::owner_all);
}

TEST(LoadErrors, WeightsThatDoNotFit) {
  const Copy shape;
  replace_tensor(shape, "embeddings.word_embeddings.weight", {32, 166});
  shape.expect_load_error(ErrorCode::corrupt_data, {"embeddings.word_embeddings.weight", "[32, 166]", "[166, 32]"});

  const Copy more_layers;
  more_layers.edit("config.json", [](Json& config) { config["num_hidden_layers"] = 3; });
  more_layers.expect_load_error(ErrorCode::not_found, {more_layers.path().string(), "encoder.layer.2."});

  const std::string weights = read_file(test::engine_golden("model") / "model.safetensors");
  const Copy integers;
  write_file_atomically(integers / "model.safetensors", replaced(weights, "\"F32\"", "\"I32\""));
  integers.expect_load_error(ErrorCode::unsupported, {integers.path().string(), "I32", "tensor"});

  const Copy truncated;
  write_file_atomically(truncated / "model.safetensors", weights.substr(0, weights.size() / 2));
  truncated.expect_load_error(ErrorCode::corrupt_data, {"model.safetensors", "truncated"});
}

TEST(LoadErrors, PoolingConfig) {
  const auto refuse = [](const Json& config, ErrorCode code, const std::string& part) {
    SCOPED_TRACE(config.dump());
    const Copy model;
    write_file_atomically(model / "1_Pooling/config.json", config.dump());
    model.expect_load_error(code, {part});
  };
  const std::string file = "1_Pooling/config.json";
  refuse({{"pooling_mode", "mean"}}, ErrorCode::corrupt_data, file);
  for (const Json& dimension : {Json(0), Json(-32), Json("32"), Json(~uint64_t{0})}) {
    refuse({{"word_embedding_dimension", dimension}}, ErrorCode::corrupt_data, file);
  }
  refuse({{"word_embedding_dimension", 32}, {"pooling_mode", "median"}}, ErrorCode::unsupported, "median");
  refuse({{"word_embedding_dimension", 32}, {"pooling_mode", 3}}, ErrorCode::corrupt_data, file);
  refuse({{"word_embedding_dimension", 32}, {"pooling_mode", Json::array()}}, ErrorCode::corrupt_data, file);
  refuse({{"word_embedding_dimension", 32}, {"pooling_mode_max_tokens", "yes"}}, ErrorCode::corrupt_data, file);
  // The other modules' sizes are in other files, so this names the list.
  refuse({{"word_embedding_dimension", 64}}, ErrorCode::corrupt_data, "modules.json");
}

TEST(LoadErrors, DenseConfig) {
  for (const char* key : {"in_features", "out_features"}) {
    for (const Json& value : {Json(0), Json(-1), Json(int64_t{1} << 62), Json("32")}) {
      const Copy model("model_dense");
      const auto list = read_json_file(model / "modules.json");
      std::string file;
      for (const auto& entry : list) {
        if (entry["type"].get<std::string>().ends_with("Dense")) {
          file = entry["path"].get<std::string>() + "/config.json";
        }
      }
      model.edit(file, [&](Json& config) { config[key] = value; });
      model.expect_load_error(ErrorCode::corrupt_data, {file, key});
    }
  }
}

TEST(LoadErrors, ModelConfig) {
  const auto refuse = [](const char* key, const Json& value, ErrorCode code) {
    SCOPED_TRACE(key + value.dump());
    const Copy model;
    model.edit("config_sentence_transformers.json", [&](Json& config) { config[key] = value; });
    model.expect_load_error(code, {"config_sentence_transformers.json"});
  };
  refuse("model_type", "CrossEncoder", ErrorCode::unsupported);
  refuse("prompts", {{"query", 3}}, ErrorCode::corrupt_data);
  refuse("prompts", "query", ErrorCode::corrupt_data);
  refuse("similarity_fn_name", "telepathy", ErrorCode::corrupt_data);
  refuse("truncate_dim", -1, ErrorCode::corrupt_data);
  refuse("truncate_dim", 1.5, ErrorCode::corrupt_data);
}

TEST(LoadErrors, HugeLimitsMeanWhatThereIs) {
  const Copy model;
  model.edit("config_sentence_transformers.json", [](Json& config) { config["truncate_dim"] = int64_t{1} << 62; });
  model.edit("sentence_bert_config.json", [](Json& config) { config["max_seq_length"] = int64_t{1} << 62; });
  const SentenceTransformer loaded(model.path().string());
  EXPECT_EQ(loaded.embedding_dimension(), 32U);
  EXPECT_EQ(loaded.max_seq_length(), 64U);
  EXPECT_EQ(loaded.encode("text").size(), 32U);
}

TEST(LoadErrors, SequencesNeedRoomForAToken) {
  const auto with_length = [](int length) {
    const Copy model;
    model.edit("sentence_bert_config.json", [&](Json& config) { config["max_seq_length"] = length; });
    return SentenceTransformer(model.path().string()).encode("a text of several words").size();
  };
  EXPECT_EQ(with_length(3), 32U);
  for (const int length : {1, 2}) {
    expect_error([&] { with_length(length); }, ErrorCode::corrupt_data, {"sentence_bert_config.json", "at least"});
  }
}

SentenceTransformer golden_model() {
  return SentenceTransformer(test::engine_golden("model").string());
}

TEST(SaveErrors, TargetThatCannotBeADirectory) {
  const auto model = golden_model();
  const TemporaryDirectory directory;
  write_file_atomically(directory / "file", "precious");
  expect_error([&] { model.save(directory / "file"); }, ErrorCode::io, {"file", "Not a directory"});
  expect_error([&] { model.save(directory / "file" / "below"); }, ErrorCode::io, {"below"});
  EXPECT_EQ(read_file(directory / "file"), "precious");
  EXPECT_EQ(directory.entries(), 1U);
  expect_error([&] { model.save("/proc/nothing/model"); }, ErrorCode::io, {"/proc/nothing/model"});
  expect_error([&] { model.save("/dev/full/model"); }, ErrorCode::io, {"/dev/full/model"});
}

TEST(SaveErrors, ReadOnlyDirectory) {
  const auto model = golden_model();
  const TemporaryDirectory directory;
  if (::mount("tmpfs", directory.path().c_str(), "tmpfs", MS_RDONLY, "") != 0) {
    GTEST_SKIP() << "a read-only disk needs the right to mount one";
  }
  expect_error([&] { model.save(directory / "model"); }, ErrorCode::io, {"model", "Read-only"});
  ::umount(directory.path().c_str());
}

TEST(SaveErrors, AFullDiskLeavesTheOldModel) {
  const auto model = golden_model();
  const TemporaryDirectory directory;
  // Room for one model and a half.
  if (::mount("tmpfs", directory.path().c_str(), "tmpfs", 0, "size=240k") != 0) {
    GTEST_SKIP() << "a small disk to fill needs the right to mount one";
  }
  const fs::path target = directory / "model";
  model.save(target);
  const auto before = model.encode("text");
  expect_error([&] { model.save(target); }, ErrorCode::io, {"No space left"});
  EXPECT_EQ(SentenceTransformer(target.string()).encode("text"), before);
  EXPECT_EQ(directory.entries(), 1U);
  ::umount(directory.path().c_str());
}

TEST(Save, ReplacesAModelAndKeepsOtherFiles) {
  const auto model = golden_model();
  const TemporaryDirectory directory;
  const fs::path target = directory / "a" / "model";
  model.save(target);
  write_file_atomically(target / "README.md", "mine");
  model.save(target / "");
  EXPECT_EQ(read_file(target / "README.md"), "mine");
  EXPECT_EQ(std::distance(fs::directory_iterator(target.parent_path()), {}), 1) << "no temporary directory";
}

TEST(Save, ThroughALinkReplacesWhatItPointsTo) {
  const auto model = golden_model();
  const TemporaryDirectory directory;
  fs::create_directory(directory / "real");
  write_file_atomically(directory / "real" / "README.md", "mine");
  fs::create_directory_symlink("real", directory / "link");
  model.save(directory / "link");
  EXPECT_TRUE(fs::is_symlink(directory / "link"));
  EXPECT_EQ(read_file(directory / "real" / "README.md"), "mine");
  EXPECT_EQ(SentenceTransformer((directory / "real").string()).encode("text"), model.encode("text"));
}

TEST(Save, OverTheDirectoryItWasLoadedFrom) {
  const Copy copy;
  const SentenceTransformer model(copy.path().string());
  const auto before = model.encode("text");
  model.save(copy.path());
  EXPECT_EQ(model.encode("text"), before) << "the mapped weights live on";
  EXPECT_EQ(SentenceTransformer(copy.path().string()).encode("text"), before);
}

TEST(Save, RelativeToTheWorkingDirectory) {
  const auto model = golden_model();
  const TemporaryDirectory directory;
  const auto before = fs::current_path();
  fs::current_path(directory.path());
  EXPECT_NO_THROW(model.save("model"));
  fs::current_path(before);
  EXPECT_TRUE(fs::exists(directory / "model" / "modules.json"));
}

}  // namespace
}  // namespace sbert
