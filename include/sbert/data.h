#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sbert/dataset.h>

namespace sbert {

/// One training example: its texts in the order the loss wants them, and a label where the loss wants one.
struct InputExample {
  std::vector<std::string> texts;
  std::optional<float> label{};  ///< A score, or a class: a whole number below 2^24, as all of them are exact.
  std::vector<float> labels{};   ///< Several, such as a teacher's scores of each candidate; then `label` is empty.
};

/// Examples to go through from the first one, as often as needed: a vector of them, or examples that are read anew each
/// time, so that there may be more of them than memory holds. A value, cheap to copy.
///   for (const sbert::InputExample& example : stream) use(example.texts);
class ExampleStream {
 public:
  /// Overwrites the example with the next one; false at the end.
  using Next = std::function<bool(InputExample& example)>;

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = InputExample;
    using difference_type = std::ptrdiff_t;
    using pointer = const InputExample*;
    using reference = const InputExample&;

    Iterator() = default;
    explicit Iterator(Next next) : next_(std::move(next)) { ++*this; }

    const InputExample& operator*() const { return example_; }
    const InputExample* operator->() const { return &example_; }
    Iterator& operator++() {
      if (!next_(example_)) next_ = nullptr;
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(const Iterator& other) const { return !next_ == !other.next_; }

   private:
    Next next_;
    InputExample example_;
  };

  explicit ExampleStream(std::vector<InputExample> examples);
  /// `open` begins again at the first example; every time, the same ones must come.
  explicit ExampleStream(std::function<Next()> open) : open_(std::move(open)) {}

  Iterator begin() const { return Iterator(open_()); }
  Iterator end() const { return {}; }
  /// Whether the examples lie in memory.
  bool in_memory() const { return in_memory_; }

 private:
  std::function<Next()> open_;
  bool in_memory_ = false;
};

/// The example that a row of a data set is, as sentence-transformers sees it: the column called label, labels, score or
/// scores is the label, all others are texts, in the order of the file.
/// THROWS: corrupt_data, naming the column, if one holds something else, or a whole number that is no exact label.
InputExample make_example(const Value& row);

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

/// Examples and how to cut them into batches. A value, cheap to copy.
class DataLoader {
 public:
  /// THROWS: invalid_argument if there are no examples, if they differ in their number of texts or only some have a
  /// label, or if batch_size is 0 or does not suit the rule.
  explicit DataLoader(std::vector<InputExample> examples, const DataLoaderOptions& options = {});
  /// The rows of a data set, each made an example when it is read: fit() reads them once, whatever the number of
  /// epochs, and keeps the token ids, in a temporary file if they are many. So the data may be larger than memory, and
  /// is shuffled as thoroughly as if it were not. THROWS: invalid_argument for the options; what is wrong with the
  /// examples is found by fit().
  explicit DataLoader(Dataset rows, const DataLoaderOptions& options = {});
  DataLoader(Dataset rows, std::function<InputExample(const Value& row)> make_example,
             const DataLoaderOptions& options = {});
  explicit DataLoader(ExampleStream examples, const DataLoaderOptions& options = {});

  const ExampleStream& examples() const { return examples_; }
  const DataLoaderOptions& options() const { return options_; }
  /// Batches an epoch, if no rule leaves examples out or makes batches smaller. Reads examples that are not in memory.
  size_t size() const;

 private:
  ExampleStream examples_;
  DataLoaderOptions options_;
};

}  // namespace sbert
