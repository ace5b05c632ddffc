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
  EXPECT_LT(primary({.kind = "ir", .data = data, .corpus = more}), 1);
}

TEST_F(Registry, InformationRetrievalFromABeirDirectory) {
  directory_.file("corpus.jsonl", "{\"_id\":\"1\",\"text\":\"b\"}\n{\"_id\":\"2\",\"text\":\"d\"}\n");
  directory_.file("queries.jsonl", "{\"_id\":\"7\",\"text\":\"a\"}\n");
  directory_.file("qrels/dev.tsv", "query-id\tcorpus-id\tscore\n7\t1\t1\n");
  EXPECT_EQ(primary({.kind = "ir", .data = directory_.path(), .split = "dev"}), 1);
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
