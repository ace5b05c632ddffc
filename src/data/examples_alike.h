#pragma once

#include <cstddef>
#include <optional>

#include <sbert/data.h>

namespace sbert {

/// Whether examples can make batches as the options want them: all have as many texts, and labels, as the first.
class ExamplesAlike {
 public:
  explicit ExamplesAlike(const DataLoaderOptions& options) : options_(options) {}

  /// THROWS: invalid_argument, naming the example, counted from 0.
  void add(const InputExample& example);
  /// After the last one. THROWS: invalid_argument if there are too few.
  void finish() const;

  size_t count() const { return count_; }

 private:
  void check_first(const InputExample& example) const;

  const DataLoaderOptions& options_;
  size_t count_ = 0;
  size_t texts_ = 0, labels_ = 0;  // of the first example
  bool labelled_ = false;
};

}  // namespace sbert
