#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sbert/dataset.h>

namespace sbert {

/// One training example: its texts in the order the loss wants them, and a label where the loss wants one.
struct InputExample {
  std::vector<std::string> texts;
  std::optional<float> label{};
  std::vector<float> labels{};  ///< Several, such as a teacher's scores of each candidate; then `label` is empty.
};

/// Which examples may share a batch.
enum class BatchRule {
  any,             ///< all
  no_duplicates,   ///< no two with an equal text, for losses that take the others' texts as negatives
  group_by_label,  ///< two or more of every label in it, for the BatchTriplet losses; batch_size even and at least 4
};

struct DataLoaderOptions {
  size_t batch_size = 16;
  bool shuffle = true;     ///< A new order every epoch, from FitOptions::seed.
  bool drop_last = false;  ///< Leave out a last batch that is not full.
  BatchRule batches = BatchRule::any;
};

/// Examples and how to cut them into batches. A value.
class DataLoader {
 public:
  /// THROWS: invalid_argument if there are no examples, if they differ in their number of texts or only some have a
  /// label, or if batch_size is 0 or does not suit the rule.
  explicit DataLoader(std::vector<InputExample> examples, const DataLoaderOptions& options = {});

  const std::vector<InputExample>& examples() const { return examples_; }
  const DataLoaderOptions& options() const { return options_; }
  size_t size() const;  ///< batches an epoch, if no rule leaves examples out or makes batches smaller

 private:
  std::vector<InputExample> examples_;
  DataLoaderOptions options_;
};

}  // namespace sbert
