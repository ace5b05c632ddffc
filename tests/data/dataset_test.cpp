#include <gtest/gtest.h>

#include <sbert/data.h>
#include <sbert/dataset.h>

#include "data/temporary_file.h"
#include "support/errors.h"

namespace sbert {
namespace {

constexpr const char* kTriplets = R"({"set": {"query": "q1", "pos": ["p1"], "neg": ["n1", "n2"]}})"
                                  "\n"
                                  R"({"set": {"query": "q2", "pos": ["p2"], "neg": ["n3"]}})"
                                  "\n";

/// As the tutorial has it: a loop over what a temporary holds.
TEST(LoadDataset, ReadsAsInTheTutorial) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("triplets.jsonl", kTriplets).string();
  std::vector<InputExample> examples;
  for (const auto& row : load_dataset(path)["train"])
    examples.push_back({{row["set"]["query"], row["set"]["pos"][0], row["set"]["neg"][0]}});
  ASSERT_EQ(examples.size(), 2u);
  EXPECT_EQ(examples[0].texts, (std::vector<std::string>{"q1", "p1", "n1"}));
  EXPECT_EQ(examples[1].texts, (std::vector<std::string>{"q2", "p2", "n3"}));
}

TEST(LoadDataset, FilesOfADirectoryAreSplits) {
  const test::TemporaryDirectory directory;
  directory.file("data/train-00000-of-00002.jsonl", "{\"a\": \"1\"}\n");
  directory.file("data/train-00001-of-00002.jsonl.gz", "{\"a\": \"2\"}\n{\"a\": \"3\"}\n");
  directory.file("data/validation-00000-of-00001.csv", "a\n4\n");
  directory.file("data/.train-00000-of-00001.csv", "a\n5\n");
  const DatasetDict data = load_dataset(directory.path().string());
  EXPECT_EQ(data.splits().size(), 2u);
  std::string train;
  for (const Value& row : data["train"])
    train += row["a"].text();
  EXPECT_EQ(train, "123");
  EXPECT_EQ(data["validation"].count_rows(), 1u);
  EXPECT_EQ(data["validation"].columns(), std::vector<std::string>{"a"});
  test::expect_error([&] { data["test"]; }, ErrorCode::not_found, {"no split 'test'", "train, validation"});
}

TEST(LoadDataset, WhatIsNotThere) {
  const test::TemporaryDirectory directory;
  test::expect_error([&] { load_dataset((directory.path() / "absent").string()); }, ErrorCode::not_found,
                     {"is no file or directory"});
  test::expect_error([&] { load_dataset(directory.path().string()); }, ErrorCode::not_found, {"has no .jsonl"});
}

}  // namespace
}  // namespace sbert
