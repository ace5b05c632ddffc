#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sbert/error.h>
#include <sbert/sentence_transformer.h>

#include "model/implementation.h"
#include "nn/module.h"

namespace sbert::test {

using EmbeddingTable = std::map<std::string, std::vector<float>>;

/// A model that looks a text up in a table, so that an evaluator can be tested on known embeddings.
class LookupModule : public nn::InputModule {
 public:
  explicit LookupModule(EmbeddingTable table) : table_(table.begin(), table.end()) {}

  std::string type() const override { return "Lookup"; }
  OrderedJson config() const override { return {}; }
  nn::Dimensions dimensions(const nn::Dimensions&) const override { return {.sentence = dimension()}; }
  int64_t max_seq_length() const override { return 1; }
  void set_max_seq_length(int64_t) override {}
  std::vector<std::pair<std::string, std::string>> files() const override { return {}; }
  std::string token(int32_t id) const override { return table_[static_cast<size_t>(id)].first; }
  TokenizerDescription describe_tokenizer() const override { return {}; }

  Tokens tokenize(std::string_view text, bool) const override {
    const auto found = std::find_if(table_.begin(), table_.end(), [&](const auto& row) { return row.first == text; });
    if (found == table_.end()) throw Error(ErrorCode::not_found, "no embedding for: " + std::string(text));
    return {{static_cast<int32_t>(found - table_.begin())}, false};
  }

  void forward(Execution&, nn::Features& features) const override {
    Tensor rows = Tensor::empty(features.batch.sequences(), dimension());
    for (int64_t i = 0; i < rows.rows(); ++i) {
      const auto id = static_cast<size_t>(features.batch.ids[static_cast<size_t>(i)]);
      std::copy(table_[id].second.begin(), table_[id].second.end(), rows.row<float>(i));
    }
    features.sentence_embedding = make_variable(rows);
  }

 private:
  int64_t dimension() const { return static_cast<int64_t>(table_.front().second.size()); }

  std::vector<std::pair<std::string, std::vector<float>>> table_;
};

inline SentenceTransformer lookup_model(EmbeddingTable table) {
  return SentenceTransformer(std::vector{models::Module(std::make_shared<LookupModule>(std::move(table)))});
}

}  // namespace sbert::test
