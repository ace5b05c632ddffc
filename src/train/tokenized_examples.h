#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <sbert/fit.h>

#include "data/sampler.h"
#include "model/implementation.h"
#include "report/data_description.h"
#include "train/token_store.h"

namespace sbert {

/// The examples of one objective as training needs them: read, checked and tokenised once. Their texts are forgotten.
class TokenizedExamples {
 public:
  /// `keys` gets what the objective's batches are made by; `observer`, unless null, sees the examples go by. Of the
  /// options the directory for temporary files and the callback for progress count. THROWS: invalid_argument, naming
  /// the loss, if the examples are not what it takes; what reading them throws; io.
  TokenizedExamples(const Objective& objective, const nn::InputModule& input, const FitOptions& options,
                    SamplerKeys& keys, report::DataObserver* observer);

  size_t rows() const { return store_.rows(); }
  size_t inputs() const { return inputs_; }  ///< texts of an example
  /// Tokens of the prompt before the texts of a column.
  int64_t prompt_length(size_t column) const { return prompt_lengths_[column]; }
  /// What the texts of each column are for; see Objective::router_mapping.
  const std::vector<std::string>& tasks() const { return tasks_; }
  /// Token ids of the inputs, then, if the loss has a guide, of the same texts by its tokenizer; and the labels.
  TokenStore::Row operator[](size_t row) const { return store_[row]; }
  /// Of each example; empty if they have none, or several.
  const std::vector<float>& labels() const { return labels_; }
  /// How many texts have how many tokens.
  const std::map<size_t, size_t>& lengths() const { return lengths_; }
  /// Tells data apart.
  uint64_t fingerprint() const { return store_.fingerprint(); }
  /// What the examples take, as texts, too, if the data loader has them there.
  uint64_t bytes_in_memory() const;

 private:
  struct Chunk;

  /// Works out what reads each column and what goes before its texts.
  void set_columns(size_t count, const Objective& objective, const nn::InputModule& input);
  void add(Chunk& chunk, const SentenceTransformer* guide);

  report::DataObserver* observer_;
  size_t inputs_ = 0;
  // Of each column:
  std::vector<std::string> tasks_, prompts_;
  std::vector<const nn::InputModule*> readers_;
  std::vector<int64_t> prompt_lengths_;
  TokenStore store_;
  std::vector<float> labels_;
  std::map<size_t, size_t> lengths_;
  uint64_t text_bytes_ = 0;
};

}  // namespace sbert
