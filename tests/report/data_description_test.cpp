#include "report/data_description.h"

#include <gtest/gtest.h>

#include <sbert/sbert.h>

#include "model/encode.h"
#include "support/goldens.h"

namespace sbert::report {
namespace {

class DataDescription : public testing::Test {
 protected:
  DataDescription() : model_(test::engine_golden("model").string()) {}

  /// What fit() shows an observer, in parts of `part` rows.
  ObjectiveRecord describe(const Objective& objective, size_t part = 1000) const {
    const nn::InputModule& input = model_.implementation().input();
    DataObserver observer(objective, input);
    const std::vector<InputExample> examples(objective.data.examples().begin(), objective.data.examples().end());
    for (size_t begin = 0; begin < examples.size(); begin += part) {
      std::vector<std::string> texts;
      std::vector<float> labels;
      size_t rows = 0;
      for (; rows < part && begin + rows < examples.size(); ++rows) {
        const InputExample& example = examples[begin + rows];
        for (size_t i = 0; i < example.texts.size(); ++i) {
          const auto& prompts = objective.prompts;
          texts.push_back((prompts.empty() ? "" : prompts[i]) + example.texts[i]);
        }
        if (example.label) labels.push_back(*example.label);
      }
      const nn::InputModule* const readers[] = {&input};
      observer.add(texts, tokenize_all(readers, texts, ""), labels, rows);
    }
    return observer.finish();
  }

  SentenceTransformer model_;
};

TEST_F(DataDescription, PairsWithAScore) {
  const Objective objective{
      .data = DataLoader({{{"the cat", "a dog"}, 0.2F}, {{"the cat", "rain"}, 0.8F}, {{"snow", ""}, 0.5F}},
                         {.batch_size = 2}),
      .loss = losses::CosineSimilarityLoss(model_),
      .description = {.name = "pairs.csv", .columns = {"a", "b"}}};
  const ObjectiveRecord record = describe(objective);
  EXPECT_EQ(record.data, "pairs.csv");
  EXPECT_EQ(record.loss, "CosineSimilarityLoss");
  EXPECT_EQ(record.rows, 3U);
  EXPECT_EQ(record.batch_size, 2U);
  ASSERT_EQ(record.texts.size(), 2U);
  EXPECT_EQ(record.texts[0].column, "a");
  EXPECT_EQ(record.texts[0].distinct, 2U);
  EXPECT_EQ(record.texts[1].distinct, 3U);
  EXPECT_EQ(record.texts[1].empty, 1U);
  EXPECT_EQ(record.texts[0].longest, model_.tokenize("the cat").ids.size());
  ASSERT_TRUE(record.labels);
  EXPECT_FLOAT_EQ(static_cast<float>(record.labels->smallest), 0.2F);
  EXPECT_FLOAT_EQ(static_cast<float>(record.labels->largest), 0.8F);
  EXPECT_FLOAT_EQ(static_cast<float>(record.labels->mean), 0.5F);
  EXPECT_EQ(record.labels->values.counts.size(), 20U);
  ASSERT_EQ(record.pairs.size(), 3U);
  EXPECT_EQ(record.pairs[1].first, "the cat");
  EXPECT_EQ(record.pairs[1].second, "rain");
  EXPECT_EQ(record.pairs[1].relation, "0.8");
  ASSERT_EQ(record.samples.size(), 3U);
  EXPECT_EQ(record.samples[2].texts, (std::vector<std::string>{"snow", ""}));
  EXPECT_EQ(record.samples[2].label, "0.5");
}

TEST_F(DataDescription, TokensOfWholeTextsAreCountedWhereTheModelReadsABeginning) {
  model_.set_max_seq_length(8);
  std::string exact = "the", longer = "the";
  for (int i = 1; i < 6; ++i)
    exact += " cat";
  for (int i = 1; i < 30; ++i)
    longer += " cat";
  ASSERT_EQ(model_.tokenize(exact, false).ids.size(), 8U);  // with [CLS] and [SEP]
  const Objective objective{.data = DataLoader({{{exact, longer}}, {{exact, "the"}}}),
                            .loss = losses::MultipleNegativesRankingLoss(model_)};
  for (const size_t part : {1U, 2U}) {
    const ObjectiveRecord record = describe(objective, part);
    EXPECT_EQ(record.texts[0].truncated, 0U);
    EXPECT_EQ(record.texts[0].longest, 8U);
    EXPECT_EQ(record.texts[1].truncated, 1U);
    EXPECT_EQ(record.texts[1].longest, 32U);
    EXPECT_EQ(record.texts[1].shortest, 3U);
    EXPECT_DOUBLE_EQ(record.texts[1].truncation_rate(), 0.5);
    EXPECT_EQ(record.texts[0].column, "sentence_0");
    EXPECT_FALSE(record.labels);
  }
}

TEST_F(DataDescription, TextsWithAClassArePairedByClass) {
  std::vector<InputExample> examples;
  for (int i = 0; i < 1000; ++i)
    examples.push_back({{"text " + std::to_string(i)}, static_cast<float>(i % 3)});
  const Objective objective{.data = DataLoader(examples),
                            .loss = losses::BatchAllTripletLoss(model_),
                            .description = {.classes = {"red", "green"}}};
  const ObjectiveRecord record = describe(objective, 128);
  ASSERT_TRUE(record.labels);
  EXPECT_EQ(record.labels->classes,
            (std::vector<std::pair<std::string, uint64_t>>{{"red", 334}, {"green", 333}, {"2", 333}}));
  ASSERT_EQ(record.pairs.size(), 10U);
  for (size_t i = 0; i < record.pairs.size(); i += 2) {
    EXPECT_EQ(record.pairs[i].relation.find('/'), std::string::npos);
    EXPECT_NE(record.pairs[i + 1].relation.find(" / "), std::string::npos);
    EXPECT_NE(record.pairs[i].first, record.pairs[i].second);
  }
}

TEST_F(DataDescription, PromptsAreCountedAndNotShown) {
  const Objective objective{.data = DataLoader(std::vector<InputExample>{{{"the cat", "the dog"}}}),
                            .loss = losses::MultipleNegativesRankingLoss(model_),
                            .prompts = {"a query ", "text "}};
  const ObjectiveRecord record = describe(objective);
  EXPECT_EQ(record.texts[0].longest, model_.tokenize("a query the cat").ids.size());
  EXPECT_EQ(record.pairs[0].first, "the cat");
  EXPECT_EQ(record.pairs[0].second, "the dog");
  EXPECT_EQ(record.pairs[0].prompt_first, "a query ");
  EXPECT_EQ(record.pairs[0].prompt_second, "text ");
}

}  // namespace
}  // namespace sbert::report
