#include "evaluation/registry.h"

#include <gtest/gtest.h>

#include "data/expect_error.h"
#include "data/temporary_file.h"
#include "evaluation/lookup_model.h"

namespace sbert::evaluation {
namespace {

using test::expect_error;
using test::lookup_model;

class Registry : public testing::Test {
 protected:
  double primary(const EvaluationTask& task) const { return (*make_evaluator(task))(model_).primary_value(); }

  test::TemporaryDirectory directory_;
  SentenceTransformer model_ = lookup_model({{"a", {1, 0}}, {"b", {1, 1}}, {"c", {0, 1}}, {"d", {-1, 0}}});
};

TEST_F(Registry, StsFromATable) {
  const auto data = directory_.file("sts.tsv", "a\tb\t3\na\tc\t1\na\td\t0\n");
  EXPECT_NEAR(primary({.kind = "sts",
                       .data = data,
                       .table = {.header = false, .columns = parse_columns("sentence1=0,sentence2=1,score=2")}}),
              1, 1e-12);
}

TEST_F(Registry, StsNeedsTwoTextsAndAScore) {
  const auto data = directory_.file("sts.tsv", "x\ty\na\tb\n");
  expect_error(ErrorCode::invalid_argument, "needs 2 text columns and a label column",
               [&] { make_evaluator({.kind = "sts", .data = data}); });
}

TEST_F(Registry, InformationRetrievalFromPairsAndMoreDocuments) {
  const auto data = directory_.file("pairs.jsonl", "{\"q\":\"a\",\"d\":\"c\"}\n");
  const auto more = directory_.file("more.txt", "b\n");
  EXPECT_EQ(primary({.kind = "ir", .data = data}), 1);
  EXPECT_LT(primary({.kind = "ir", .data = data, .corpus = {more}}), 1);
}

TEST_F(Registry, InformationRetrievalFromABeirDirectory) {
  directory_.file("corpus.jsonl", "{\"_id\":\"1\",\"text\":\"b\"}\n{\"_id\":\"2\",\"text\":\"d\"}\n");
  directory_.file("queries.jsonl", "{\"_id\":\"7\",\"text\":\"a\"}\n");
  directory_.file("qrels/dev.tsv", "query-id\tcorpus-id\tscore\n7\t1\t1\n");
  EXPECT_EQ(primary({.kind = "ir", .data = directory_.path(), .split = "dev"}), 1);
}

TEST_F(Registry, BinaryFromATable) {
  const auto data = directory_.file("pairs.csv", "x,y,label\na,b,1\na,d,0\n");
  EXPECT_EQ(primary({.kind = "binary", .data = data}), 1);
}

TEST_F(Registry, BinaryLabelsAreZeroOrOne) {
  const auto data = directory_.file("pairs.csv", "x,y,label\na,b,1\na,d,0.5\n");
  expect_error(ErrorCode::corrupt_data, "pairs.csv: row 2 has the label 0.5",
               [&] { make_evaluator({.kind = "binary", .data = data}); });
}

TEST_F(Registry, TripletFromATable) {
  const auto data = directory_.file("triplets.csv", "anchor,positive,negative\na,b,c\na,d,b\n");
  EXPECT_EQ(primary({.kind = "triplet", .data = data}), 0.5);
}

TEST_F(Registry, ParaphrasesFromATable) {
  const auto data = directory_.file("pairs.csv", "x,y,label\na,b,1\nc,d,0\n");
  EXPECT_EQ((*make_evaluator({.kind = "paraphrase", .data = data}))(model_).metrics.at("recall"), 1);
}

TEST_F(Registry, TranslationFromATable) {
  const auto data = directory_.file("pairs.csv", "de,en\na,b\nd,d\n");
  EXPECT_EQ(primary({.kind = "translation", .data = data}), 1);
}

TEST_F(Registry, MeanSquaredErrorNeedsATeacher) {
  const auto data = directory_.file("texts.txt", "a\nb\n");
  expect_error(ErrorCode::invalid_argument, "name its model", [&] { make_evaluator({.kind = "mse", .data = data}); });
}

TEST_F(Registry, TheNameAndTheFunctionsReachTheEvaluator) {
  const auto data = directory_.file("pairs.csv", "q,d\na,b\n");
  const EvaluationTask task{
      .kind = "ir", .data = data, .name = "dev", .similarity_functions = {SimilarityFunction::dot}};
  EXPECT_EQ((*make_evaluator(task))(model_).primary, "dev_dot_ndcg@10");
}

TEST_F(Registry, AnUnknownTaskListsTheKnownOnes) {
  expect_error(ErrorCode::invalid_argument, "unknown evaluation task 'stss': use one of sts, ",
               [] { make_evaluator({.kind = "stss"}); });
}

}  // namespace
}  // namespace sbert::evaluation
