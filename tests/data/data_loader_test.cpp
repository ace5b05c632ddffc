#include <sbert/data.h>

#include "data/expect_error.h"

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

}  // namespace
}  // namespace sbert
