#include "report/card.h"

#include <gtest/gtest.h>

#include "report/markdown.h"

namespace sbert::report {
namespace {

TrainingRecord small_record() {
  TrainingRecord record;
  record.model = {
      .base = "acme/tiny", .base_id = "acme/tiny", .base_revision = "abc", .dimension = 32, .max_seq_length = 16};
  record.model.modules = {{"Transformer", {{"max_seq_length", 16}}}, {"Normalize", OrderedJson::object()}};
  ObjectiveRecord objective{.data = "pairs | `x`.jsonl",
                            .loss = "MatryoshkaLoss",
                            .loss_options = {{"loss", {{"name", "CoSENTLoss"}, {"scale", 20}}}},
                            .batch_size = 4,
                            .batches = "any rows",
                            .rows = 9};
  objective.texts.push_back(
      {.column = "a", .rows = 9, .distinct = 8, .shortest = 3, .longest = 20, .mean = 5, .truncated = 3});
  objective.samples.push_back({.texts = {"<b>| two\nlines"}, .label = ""});
  objective.pairs = {{.first = "a: b", .second = "c", .relation = ""}, {.first = "d", .second = "e", .relation = ""}};
  record.objectives.push_back(std::move(objective));
  record.hyperparameters = {{"learning_rate", 2e-5, true}, {"seed", 7, false}};
  record.usage = {.texts = {"it's", "b\\"}, .similarities = {1, 0.5F, 0.5F, 1}};
  record.evaluators = {{"TripletEvaluator", "Triplet", "dev"},
                       {"EmbeddingSimilarityEvaluator", "Semantic Similarity", "dev_2"}};
  const EvaluationReport after{
      .step = 9, .epoch = 1, .result = {{{"dev_accuracy", 0.5}, {"dev_2_spearman", 0.75}, {"all", 1}}, "all"}};
  record.result.after = after;
  record.evaluations = {after};
  return record;
}

TEST(Card, MetricsBelongToTheEvaluatorOfTheLongestName) {
  const auto all = metrics_by_evaluator(small_record());
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].metrics, (std::vector<std::string>{"accuracy"}));
  EXPECT_EQ(all[1].metrics, (std::vector<std::string>{"spearman"}));
}

TEST(Card, FrontMatterIsForTheSearchOfTheHub) {
  const OrderedJson front = card_front_matter(small_record());
  EXPECT_EQ(front["base_model"], "acme/tiny");
  EXPECT_EQ(front["pipeline_tag"], "sentence-similarity");
  EXPECT_EQ(front["library_name"], "sentence-transformers");
  EXPECT_EQ(front["tags"].back(), "loss:CoSENTLoss");
  EXPECT_EQ(front["metrics"], (OrderedJson{"accuracy", "spearman"}));
  EXPECT_EQ(front["widget"][0], (OrderedJson{{"source_sentence", "a: b"}, {"sentences", {"c", "e"}}}));
  const OrderedJson& result = front["model-index"][0]["results"][1];
  EXPECT_EQ(result["task"], (OrderedJson{{"type", "semantic-similarity"}, {"name", "Semantic Similarity"}}));
  EXPECT_EQ(result["dataset"]["name"], "dev_2");
  EXPECT_EQ(result["metrics"][0]["value"], 0.75);
}

TEST(Card, NamesTheDataSetsOfTheHubOnce) {
  TrainingRecord record = small_record();
  EXPECT_FALSE(card_front_matter(record).contains("datasets"));
  EXPECT_EQ(card_training_data(record).find("Data set"), std::string::npos);
  ObjectiveRecord& first = record.objectives.front();
  first.dataset = "acme/rows";
  first.revision = "abc";
  record.objectives = {first, first, first};
  record.objectives[1].dataset = "acme/no";
  EXPECT_EQ(card_front_matter(record)["datasets"], (OrderedJson{"acme/rows", "acme/no"}));
  EXPECT_NE(card_training_data(record).find(
                "- Data set: [acme/rows](https://huggingface.co/datasets/acme/rows) at revision abc\n- Examples"),
            std::string::npos);
}

TEST(Card, NamesTheLanguagesOfTheDataOnce) {
  TrainingRecord record = small_record();
  EXPECT_FALSE(card_front_matter(record).contains("language"));
  EXPECT_EQ(model_card(record).find("**Language:**"), std::string::npos);
  ObjectiveRecord& first = record.objectives.front();
  first.languages = {"en", "no"};
  record.objectives.push_back(first);
  const std::string card = model_card(record);
  EXPECT_TRUE(card.starts_with("---\nlanguage:\n- en\n- \"no\"\ntags:\n")) << card.substr(0, 100);
  EXPECT_NE(card.find("\n- **Language:** en, no\n"), std::string::npos);
}

TEST(Card, SaysWhatTheModelIsAndHowItWasMade) {
  const std::string card = model_card(small_record());
  for (const char* part :
       {"---\ntags:\n- sentence-transformers\n", "\n---\n\n# SentenceTransformer based on acme/tiny\n",
        "[acme/tiny](https://huggingface.co/acme/tiny) at revision abc", "(0): Transformer({\"max_seq_length\":16})",
        "(1): Normalize()", "pairs &#124; &#96;x&#96;.jsonl", "| a | 8 | 3 | 5 | 20 | 33.3 % |",
        "<code>&#60;b&#62;&#124; two lines</code>", "\"name\": \"CoSENTLoss\"", "'it'\\''s'", "\"b\\\\\",",
        "# [[1.0000, 0.5000],\n#  [0.5000, 1.0000]]", "| accuracy | 0.5000 |", "huang2024cosent",
        "kusupati2022matryoshka", "reimers2019sentencebert", "Chosen, not the default:\n\n- seed: `7`"})
    EXPECT_NE(card.find(part), std::string::npos) << part << "\n" << card;
  EXPECT_EQ(card.find("hermans2017defense"), std::string::npos);
}

TEST(Card, WithoutEvaluationHasNoResults) {
  TrainingRecord record = small_record();
  record.result.after.reset();
  EXPECT_FALSE(card_front_matter(record).contains("model-index"));
  EXPECT_EQ(card_evaluation(record), "");
}

TEST(Markdown, NothingInACodeBlockEndsIt) {
  EXPECT_EQ(code_block("sh", "a\n```\nb"), "````sh\na\n```\nb\n````\n");
}

}  // namespace
}  // namespace sbert::report
