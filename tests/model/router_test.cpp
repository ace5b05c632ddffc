#include "nn/router.h"

#include <cstring>

#include <gtest/gtest.h>

#include <sbert/sentence_transformer.h>

#include "base/files.h"
#include "model/implementation.h"
#include "model/router_files.h"
#include "support/errors.h"
#include "support/goldens.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

struct RouterGoldens {
  Json json = read_json_file(test::golden_path("router", "router.json"));
  test::GoldenTensors tensors{"router.safetensors", "router"};
  std::vector<std::string> texts = json.at("texts").get<std::vector<std::string>>();
};

class RouterModels : public testing::TestWithParam<std::string> {};

TEST_P(RouterModels, EveryTaskGivesTheEmbeddingsOfPythonAlsoWhenSaved) {
  const RouterGoldens goldens;
  const test::TemporaryDirectory directory;
  const SentenceTransformer model(test::golden_path("router", GetParam()).string());
  model.save(directory / "saved");
  const SentenceTransformer saved((directory / "saved").string());
  for (const Json& task : goldens.json.at("tasks").at(GetParam())) {
    const std::string name = task.is_null() ? "None" : task.get<std::string>();
    EncodeOptions options{.precision = Precision::f32};
    if (!task.is_null()) options.task = name;
    const auto expected = goldens.tensors.values(GetParam() + "." + name);
    for (const auto* one : {&model, &saved}) {
      const auto ours = one->encode(goldens.texts, options);
      const std::vector<float> flat(ours.data(), ours.data() + ours.rows() * ours.dimension());
      ASSERT_EQ(flat.size(), expected.size());
      EXPECT_LE(test::max_difference(flat, expected), 1e-5) << name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, RouterModels, testing::Values("two_encoders", "shared", "asym", "mapped"));

SentenceTransformer open(const std::string& name) {
  return SentenceTransformer(test::golden_path("router", name).string());
}

TEST(Router, TextsOfSeveralTasksInABatchAreAsAlone) {
  for (const std::string name : {"two_encoders", "shared", "asym"}) {
    const SentenceTransformer model = open(name);
    const std::string other = name == "asym" ? "doc" : "document";
    const std::vector<std::string> texts = {"a cat", "the dog runs", "a man plays the guitar", "", "a bird"};
    const std::vector<std::string> tasks = {"query", "query", other, other, "query"};
    nn::Features features;
    for (size_t i = 0; i < texts.size(); ++i)
      features.batch.append(model.tokenize(texts[i], true, tasks[i]).ids, 0, tasks[i]);
    Execution run;
    model.implementation().forward(run, features);
    for (size_t i = 0; i < texts.size(); ++i) {
      const Embeddings alone = model.encode({texts[i]}, {.task = tasks[i], .precision = Precision::f32});
      EXPECT_EQ(std::memcmp(alone.data(), features.sentence_embedding->value.row<float>(static_cast<int64_t>(i)),
                            alone.dimension() * sizeof(float)),
                0)
          << name << " " << i;
    }
  }
}

TEST(Router, ASharedModuleIsThereOnceAndSavedOnce) {
  const SentenceTransformer model = open("shared");
  const auto leaves = model.implementation().leaves();
  ASSERT_EQ(leaves.size(), 4U);
  EXPECT_EQ(leaves[0].prefix, "0.query_0_Transformer.");
  EXPECT_EQ(leaves[3].prefix, "0.document_2_Dense.");
  const test::TemporaryDirectory directory;
  model.save(directory / "saved");
  EXPECT_TRUE(file_exists(directory / "saved" / "query_0_Transformer" / "model.safetensors"));
  EXPECT_FALSE(file_exists(directory / "saved" / "document_0_Transformer"));
  EXPECT_FALSE(file_exists(directory / "saved" / "model.safetensors"));
}

TEST(Router, QueriesAndDocumentsHaveTheirPrompts) {
  const SentenceTransformer model(test::engine_golden("model_dense").string());  // query: "read: "
  const std::vector<std::string> texts = {"the cat"};
  EXPECT_EQ(model.encode_query("the cat"), model.encode(std::string("read: the cat")));
  EXPECT_EQ(model.encode_query("the cat", {.prompt = ""}), model.encode(std::string("the cat")));
  EXPECT_EQ(model.encode_document("the cat"), model.encode(std::string("the cat")));
  EXPECT_EQ(open("shared").encode_query("the cat"), open("shared").encode("the cat", {.task = "query"}));
}

TEST(Router, BuiltFromPartsItIsWhatWasSaved) {
  const auto words = [](float sign) {
    return models::WordEmbeddings(Embeddings(2, 2, {0, 0, sign, 2}), {"PADDING_TOKEN", "cat"});
  };
  const SentenceTransformer model(
      {models::Router::for_query_document({words(1), models::Pooling(2)}, {words(-1), models::Pooling(2)})});
  const test::TemporaryDirectory directory;
  model.save(directory / "saved");
  const SentenceTransformer saved((directory / "saved").string());
  for (const auto* one : {&model, &saved}) {
    EXPECT_EQ(one->encode_query("cat"), (std::vector<float>{1, 2}));
    EXPECT_EQ(one->encode_document("cat"), (std::vector<float>{-1, 2}));
    EXPECT_EQ(one->encode(std::string("cat")), (std::vector<float>{-1, 2}));
  }
}

TEST(Router, TasksWithoutARouteAreAnError) {
  test::expect_error([] { open("shared").encode({"cat"}, {.task = "queries"}); }, ErrorCode::invalid_argument,
                     {"'queries'", "query, document"});
  test::expect_error([] { open("asym").encode({"cat"}); }, ErrorCode::invalid_argument,
                     {"default route", "query, doc"});
}

TEST(Router, RoutesThatDoNotFitAreRefused) {
  const auto refuse = [](const models::Router::Routes& routes, const models::RouterOptions& options, const char* part) {
    test::expect_error([&] { SentenceTransformer({models::Router(routes, options)}); }, ErrorCode::invalid_argument,
                       {part});
  };
  const models::BoW one({"a"}), two({"a", "b"});
  refuse({}, {}, "one route");
  refuse({{"a", {}}}, {}, "no modules");
  refuse({{"a", {one}}, {"a", {two}}}, {}, "twice");
  refuse({{"a", {one}}, {"b", {two}}}, {}, "dimension 1");
  refuse({{"a", {one}}}, {.default_route = "b"}, "'b'");
  refuse({{"a", {one}}}, {.route_mappings = {{.route = "c"}}}, "'c'");
  refuse({{"a", {models::Router({{"b", {one}}})}}}, {}, "another Router");
  refuse({{"a", {models::Pooling(3)}}}, {}, "Pooling");
}

TEST(Router, DamagedFilesAreRefused) {
  const auto refuse = [](const std::string& pointer, const Json& value, ErrorCode code, const std::string& part) {
    const test::TemporaryDirectory directory;
    fs::copy(test::golden_path("router", "mapped"), directory.path(), fs::copy_options::recursive);
    const fs::path file = directory / "router_config.json";
    Json config = read_json_file(file);
    config[Json::json_pointer(pointer)] = value;
    write_file_atomically(file, config.dump());
    test::expect_error([&] { open_router(directory.path()); }, code, {"router_config.json", part});
  };
  refuse("/types/..", "sentence_transformers.models.Router", ErrorCode::corrupt_data, "'..'");
  refuse("/types/.", "sentence_transformers.models.Router", ErrorCode::corrupt_data, "'.'");
  refuse("/types/a~1b", "sentence_transformers.models.Pooling", ErrorCode::corrupt_data, "a/b");
  refuse("/types/x", "os.system", ErrorCode::unsupported, "os.system");
  refuse("/types", 3, ErrorCode::corrupt_data, "types");
  refuse("/structure", Json::object(), ErrorCode::corrupt_data, "one route");
  refuse("/structure/short", {"nothing"}, ErrorCode::corrupt_data, "'nothing'");
  refuse("/structure/short", Json::array(), ErrorCode::corrupt_data, "'short'");
  refuse("/parameters/default_route", "nothing", ErrorCode::corrupt_data, "'nothing'");
  refuse("/parameters/route_mappings/x", "short", ErrorCode::corrupt_data, "\"x\"");
  refuse("/parameters/route_mappings/(None, ('image', 'text'))", "short", ErrorCode::unsupported, "'text'");
  refuse("/parameters/route_mappings/(None, None)", "nothing", ErrorCode::corrupt_data, "'nothing'");
}

}  // namespace
}  // namespace sbert
