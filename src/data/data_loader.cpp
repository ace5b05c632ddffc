#include <sbert/data.h>

#include "base/fail.h"
#include "data/examples_alike.h"

namespace sbert {

namespace {

ExampleStream stream_of(Dataset rows, std::function<InputExample(const Value&)> make) {
  return ExampleStream([rows = std::move(rows), make = std::move(make)]() -> ExampleStream::Next {
    // An iterator stands on its row, so the first one is read when it is asked for.
    return [rows, make, row = std::optional<Dataset::Iterator>()](InputExample& example) mutable {
      if (row) {
        ++*row;
      } else {
        row = rows.begin();
      }
      if (*row == rows.end()) return false;
      try {
        example = make(**row);
      } catch (const Error& error) {
        fail(error.code(), row->where(), ": ", error.what());
      }
      return true;
    };
  });
}

}  // namespace

DataLoader::DataLoader(ExampleStream examples, const DataLoaderOptions& options)
    : examples_(std::move(examples)), options_(options) {
  if (options_.batch_size == 0) fail(ErrorCode::invalid_argument, "DataLoader: batch_size must be at least 1");
  if (options_.batches == BatchRule::group_by_label && (options_.batch_size < 4 || options_.batch_size % 2 == 1)) {
    fail(ErrorCode::invalid_argument,
         "DataLoader: batches grouped by label hold pairs of at least two labels, so "
         "batch_size must be even and at least 4, not ",
         options_.batch_size);
  }
}

DataLoader::DataLoader(std::vector<InputExample> examples, const DataLoaderOptions& options)
    : DataLoader(ExampleStream(std::move(examples)), options) {
  ExamplesAlike alike(options_);
  for (const InputExample& example : examples_)
    alike.add(example);
  alike.finish();
}

DataLoader::DataLoader(Dataset rows, const DataLoaderOptions& options)
    : DataLoader(std::move(rows), make_example, options) {}

DataLoader::DataLoader(Dataset rows, std::function<InputExample(const Value&)> make, const DataLoaderOptions& options)
    : DataLoader(stream_of(std::move(rows), std::move(make)), options) {}

size_t DataLoader::size() const {
  const auto examples = static_cast<size_t>(std::distance(examples_.begin(), examples_.end()));
  const size_t full = examples / options_.batch_size;
  const bool rest = examples % options_.batch_size != 0;
  return full + (rest && !options_.drop_last ? 1 : 0);
}

}  // namespace sbert
