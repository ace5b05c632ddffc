#include <sbert/dataset.h>

#include "public_fixture.h"

namespace sbert {
namespace {

using test::expect_error;

/// A data set in two parts, and one that is a program.
class HubDatasetTest : public test::PublicTest {
 protected:
  void SetUp() override {
    test::write_files(other_ / "rows", {{"data/train-00000-of-00002.jsonl", "{\"a\":\"1\"}\n{\"a\":\"2\"}\n"},
                                        {"data/train-00001-of-00002.jsonl", "{\"a\":\"3\"}\n"},
                                        {"data/test-00000-of-00001.csv", "a\n4\n"}});
    test::write_files(other_ / "export", {{"default/partial-train/0000.parquet", "PAR1"}});
    test::write_files(other_ / "program", {{"made.py", "import nothing\n"}, {"unmade.py", "import nothing\n"}});
    const std::string made = "dataset:acme/made=" + (other_ / "export").string();
    start({"--repo", "dataset:acme/rows=" + (other_ / "rows").string(), "--repo", made + ",branch=refs/convert/parquet",
           "--repo", "dataset:acme/made=" + (other_ / "program").string(), "--repo",
           "dataset:acme/unmade=" + (other_ / "program").string()});
  }

  test::TemporaryDirectory other_;
};

std::string read(const Dataset& rows) {
  std::string all;
  for (const Value& row : rows)
    all += row["a"].describe() + " ";
  return all;
}

TEST_F(HubDatasetTest, ComesWhenItIsRead) {
  const DatasetDict data = load_dataset("acme/rows");
  EXPECT_EQ(data.splits().size(), 2u);
  EXPECT_EQ(count("HEAD") + count("/resolve/"), 0u);
  EXPECT_EQ(read(data["train"]), "'1' '2' '3' ");
  EXPECT_EQ(count("resolve-cache/datasets/acme/rows"), 2u);
  EXPECT_EQ(read(data["train"]), "'1' '2' '3' ");
  EXPECT_EQ(count("resolve-cache/datasets/acme/rows"), 2u);
  EXPECT_EQ(data["test"].columns(), std::vector<std::string>{"a"});
}

TEST_F(HubDatasetTest, StreamsFileByFile) {
  for (const Value& row : load_dataset("acme/rows", {.streaming = true})["train"]) {
    if (row["a"].text() == "2") break;
  }
  EXPECT_EQ(count("train-00000"), 2u) << "a redirect and the file";
  EXPECT_EQ(count("train-00001"), 0u);
}

TEST_F(HubDatasetTest, WithoutANetworkTheCacheCounts) {
  read(load_dataset("acme/rows")["train"]);
  server().reset();
  set("HF_HUB_OFFLINE", "1");
  EXPECT_EQ(read(load_dataset("acme/rows")["train"]), "'1' '2' '3' ");
  expect_error([] { read(load_dataset("acme/rows")["test"]); }, ErrorCode::network, {"HF_HUB_OFFLINE"});
  expect_error([] { load_dataset("acme/other"); }, ErrorCode::not_found, {"acme/other", "HF_HUB_OFFLINE"});
  EXPECT_EQ(server().requests(), std::vector<std::string>());

  set("HF_HUB_OFFLINE", "0");
  set("HF_ENDPOINT", "http://127.0.0.1:9");
  std::string notices;
  EXPECT_EQ(read(load_dataset("acme/rows", {.notice = [&](const std::string& text) { notices += text; }})["train"]),
            "'1' '2' '3' ");
  EXPECT_NE(notices.find("the cache has data set acme/rows"), std::string::npos) << notices;
}

TEST_F(HubDatasetTest, ProgramsComeAsTheHubConvertedThem) {
  const DatasetDict data = load_dataset("acme/made");
  ASSERT_EQ(data.splits().size(), 1u);
  const std::filesystem::path file = data["train"].files().front();
  EXPECT_TRUE(file.string().ends_with("default/partial-train/0000.parquet")) << file;
  expect_error([] { load_dataset("acme/made", {.name = "x"}); }, ErrorCode::not_found, {"'x'", "default"});
  expect_error([] { load_dataset("acme/unmade"); }, ErrorCode::unsupported, {"acme/unmade", "not run", "Parquet"});
}

TEST_F(HubDatasetTest, WhatIsNotThere) {
  expect_error([] { load_dataset("acme/nothing"); }, ErrorCode::not_found, {"no data set acme/nothing"});
  expect_error([] { load_dataset("acme/rows", {.revision = "v9"}); }, ErrorCode::not_found, {"no such branch"});
  expect_error([] { load_dataset("acme/rows", {.name = "x"}); }, ErrorCode::not_found, {"'x'"});
}

}  // namespace
}  // namespace sbert
