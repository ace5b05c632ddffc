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

TEST(LoadDataset, RowsOfJsonHaveAllColumnsInOneOrder) {
  const test::TemporaryDirectory directory;
  directory.file("train-1.jsonl", "{\"a\": \"1\"}\n{\"label\": 1, \"a\": \"2\"}\n");
  directory.file("train-2.json", "[{\"label\": 2, \"b\": \"3\", \"a\": \"4\"}]");
  const DatasetDict data = load_dataset(directory.path().string());
  const std::vector<std::string> columns{"a", "label", "b"};
  EXPECT_EQ(data["train"].columns(), columns);
  std::string rows;
  for (const Value& row : data["train"]) {
    std::vector<std::string> names;
    for (const auto& [name, value] : row.record())
      names.push_back(name);
    EXPECT_EQ(names, columns);
    rows += row["label"].is_null() ? "-" : std::to_string(*row["label"].whole_number());
  }
  EXPECT_EQ(rows, "-12");
}

TEST(LoadDataset, FilesThatAreFetchedMayHaveOtherColumns) {
  const test::TemporaryDirectory directory;
  const Dataset data(
      {directory.file("1.jsonl", "{\"a\": \"1\"}\n"), directory.file("2.jsonl", "{\"b\": \"2\", \"a\": \"3\"}\n"),
       directory.file("3.jsonl", "{\"b\": \"4\"}\n")},
      [](size_t) {});
  std::string rows;
  for (const Value& row : data) {
    for (const auto& [name, value] : row.record())
      rows += name + (value.is_null() ? "-" : value.text());
    rows += ";";
  }
  EXPECT_EQ(rows, "a1;a3b2;a-b4;");
}

TEST(LoadDataset, ALabelThatIsNotExactIsRefused) {
  EXPECT_EQ(*make_example(Value::Record{{"a", "x"}, {"label", int64_t{16777216}}}).label, 16777216);
  EXPECT_EQ(*make_example(Value::Record{{"a", "x"}, {"label", 0.1}}).label, 0.1f);
  test::expect_error(
      [] {
        make_example(Value::Record{{"a", "x"}, {"label", int64_t{16777217}}});
      },
      ErrorCode::corrupt_data, {"column 'label' holds the number 16777217", "number classes from 0"});
}

TEST(LoadDataset, WhatIsNotThere) {
  const test::TemporaryDirectory directory;
  test::expect_error([&] { load_dataset((directory.path() / "absent").string()); }, ErrorCode::not_found,
                     {"is no file or directory"});
  test::expect_error([&] { load_dataset(directory.path().string()); }, ErrorCode::not_found, {"has no .jsonl"});
}

}  // namespace
}  // namespace sbert
