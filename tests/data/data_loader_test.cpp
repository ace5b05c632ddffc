#include <sbert/data.h>

#include "data/expect_error.h"
#include "data/temporary_file.h"

namespace sbert {
namespace {

using test::expect_error;

TEST(DataLoader, CountsItsBatches) {
  const std::vector<InputExample> examples(33, {{"a", "b"}, 1.0f});
  EXPECT_EQ(DataLoader(examples).size(), 3u);
  EXPECT_EQ(DataLoader(examples, {.drop_last = true}).size(), 2u);
  EXPECT_EQ(DataLoader(examples, {.batch_size = 33, .drop_last = true}).size(), 1u);
}

TEST(DataLoader, RefusesWhatCannotMakeABatch) {
  const auto expect = [](const char* part, std::vector<InputExample> examples, DataLoaderOptions options = {}) {
    expect_error(ErrorCode::invalid_argument, part, [&] { DataLoader(std::move(examples), options); });
  };
  expect("there are no examples", {});
  expect("batch_size must be at least 1", {{{"a"}}}, {.batch_size = 0});
  expect("example 0 has no texts", {{{}}});
  expect("example 1 has 2 texts, example 0 has 1", {{{"a"}}, {{"a", "b"}}});
  expect("example 1 has no label, unlike example 0", {{{"a"}, 1.0f}, {{"a"}}});
  expect("do not fill one batch of 16", {{{"a"}}}, {.drop_last = true});
}

std::vector<InputExample> all(const DataLoader& loader) {
  return {loader.examples().begin(), loader.examples().end()};
}

TEST(DataLoader, ReadsTheRowsOfADataSetEachTime) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("train.csv", "a,b,score\nx,y,0.5\n,z,1\n").string();
  const DataLoader loader(load_dataset(path)["train"], {.batch_size = 2});
  for (int pass = 0; pass < 2; ++pass) {
    const auto examples = all(loader);
    ASSERT_EQ(examples.size(), 2u);
    EXPECT_EQ(examples[0].texts, (std::vector<std::string>{"x", "y"}));
    EXPECT_EQ(examples[0].label, 0.5f);
    EXPECT_EQ(examples[1].texts, (std::vector<std::string>{"", "z"}));
  }
  EXPECT_EQ(loader.size(), 1u);
  EXPECT_FALSE(loader.examples().in_memory());
}

TEST(DataLoader, MakesExamplesOfRowsAsOneLikes) {
  const test::TemporaryDirectory directory;
  const auto path = directory.file("train.jsonl", R"({"set": {"query": "q", "pos": ["p"]}, "score": [1, 2]})");
  const Dataset rows = load_dataset(path.string())["train"];
  const DataLoader loader(rows, [](const Value& row) {
    return InputExample{{row["set"]["query"], row["set"]["pos"][0]}};
  });
  EXPECT_EQ(all(loader).front().texts, (std::vector<std::string>{"q", "p"}));
  expect_error(ErrorCode::corrupt_data, "train.jsonl: line 1: the data set: column 'set' holds a record",
               [&] { all(DataLoader(rows)); });
}

TEST(DataLoader, AStreamMayBeEmptyUntilItIsRead) {
  const DataLoader none(ExampleStream([]() -> ExampleStream::Next { return [](InputExample&) { return false; }; }));
  EXPECT_EQ(none.size(), 0u);
}

}  // namespace
}  // namespace sbert
