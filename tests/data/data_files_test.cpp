#include "data/data_files.h"

#include <gtest/gtest.h>

#include "support/errors.h"

namespace sbert {
namespace {

// tests/interop/test_hub_datasets.py compares such listings with Python's `datasets`.
SplitFiles find(const std::vector<std::string>& paths, const std::string& readme = "", const std::string& config = "") {
  return find_data_files(paths, readme, config, "acme/rows");
}

const std::string kReadme = R"(---
configs:
- config_name: pair
  data_files:
  - split: train
    path: [pair/b*, "./pair/a*"]
  - {split: dev, path: pair/dev.csv}
- config_name: all
  default: true
  data_files: "**"
- config_name: below
  data_dir: pair
---
)";

TEST(DataFiles, Shards) {
  EXPECT_EQ(find({"data/train-00001-of-00002.jsonl", "data/train-00000-of-00002.jsonl", "data/extra-00000-of-00001.csv",
                  "test.jsonl", "README.md"}),
            (SplitFiles{{"extra", {"data/extra-00000-of-00001.csv"}},
                        {"train", {"data/train-00000-of-00002.jsonl", "data/train-00001-of-00002.jsonl"}}}));
}

TEST(DataFiles, Directories) {
  EXPECT_EQ(find({"x/train/b.csv", "x/train/a.csv", "valid_1/c.csv", "test.csv"}),
            (SplitFiles{{"train", {"x/train/a.csv", "x/train/b.csv"}}, {"validation", {"valid_1/c.csv"}}}));
}

TEST(DataFiles, Names) {
  EXPECT_EQ(
      find({"my_train.jsonl.gz", "dev-1.jsonl", "sub/eval.jsonl", "trainer.jsonl", ".train.jsonl", "__x/train.csv"}),
      (SplitFiles{{"train", {"my_train.jsonl.gz"}}, {"validation", {"dev-1.jsonl"}}, {"test", {"sub/eval.jsonl"}}}));
}

TEST(DataFiles, EverythingElse) {
  EXPECT_EQ(find({"b.jsonl", "a.json", "c.csv", "LICENSE", "dataset_infos.json", ".gitattributes"}),
            (SplitFiles{{"train", {"a.json", "b.jsonl"}}}));
  EXPECT_EQ(find({"a.csv", "b.parquet"}), (SplitFiles{{"train", {"b.parquet"}}}));
  EXPECT_EQ(find({"a.txt", "b.txt.gz", "x.png"}), (SplitFiles{{"train", {"a.txt", "b.txt.gz"}}}));
  test::expect_error([] { find({"a.png", "README.md"}); }, ErrorCode::not_found, {"acme/rows", "has no .jsonl"});
}

TEST(DataFiles, Configurations) {
  const std::vector<std::string> paths{"pair/a.csv", "pair/b.csv", "pair/dev.csv", "c.csv", "README.md"};
  EXPECT_EQ(find(paths, kReadme, "pair"),
            (SplitFiles{{"train", {"pair/b.csv", "pair/a.csv"}}, {"dev", {"pair/dev.csv"}}}));
  EXPECT_EQ(find(paths, kReadme), (SplitFiles{{"train", {"c.csv", "pair/a.csv", "pair/b.csv", "pair/dev.csv"}}}));
  EXPECT_EQ(find(paths, kReadme, "below"), (SplitFiles{{"validation", {"pair/dev.csv"}}}));
  test::expect_error([&] { find(paths, kReadme, "x"); }, ErrorCode::not_found, {"'x'", "pair, all, below"});
  test::expect_error([&] { find(paths, "", "x"); }, ErrorCode::not_found, {"'x'", "default"});
  test::expect_error([] { find({"a.csv"}, "---\nconfigs:\n- config_name: a\n- config_name: b\n---\n"); },
                     ErrorCode::invalid_argument, {"choose one of a, b"});
}

TEST(DataFiles, CardsThatAreWrong) {
  for (const char* matter :
       {"configs: 1", "configs:\n- a", "configs:\n- config_name: a\n  data_files: {x: y}",
        "configs:\n- config_name: a\n  data_files: [{split: x}]", "configs: [", "configs: &a [*a]"}) {
    test::expect_error([&] { find({"a.csv"}, std::string("---\n") + matter + "\n---\n"); }, ErrorCode::corrupt_data,
                       {"acme/rows: README.md"});
  }
  test::expect_error([&] { find({"a.csv"}, "---\nlicense: mit\nconfigs: [\n---\n"); }, ErrorCode::corrupt_data,
                     {"acme/rows: README.md: line 4"});
}

}  // namespace
}  // namespace sbert
