#include "data/retrieval_data.h"

#include "data/expect_error.h"
#include "data/shared_data.h"
#include "data/temporary_file.h"

namespace sbert {
namespace {

using test::expect_error;

class RetrievalDataTest : public testing::Test {
 protected:
  RetrievalDataTest() {
    directory_.file(
        "corpus.jsonl.gz",
        "{\"_id\":\"d1\",\"title\":\"Title\",\"text\":\"body\"}\n{\"_id\":\"d2\",\"title\":\"\",\"text\":\"x\"}\n");
    directory_.file("queries.jsonl", "{\"_id\":\"1\",\"text\":\"first\"}\n{\"_id\":\"2\",\"text\":\"second\"}\n");
    directory_.file("qrels/test.tsv", "query-id\tcorpus-id\tscore\n1\td1\t1\n1\td2\t0\n");
  }

  test::TemporaryDirectory directory_;
};

TEST_F(RetrievalDataTest, BeirJoinsTitleAndText) {
  const RetrievalData data = read_beir(directory_.path(), "test");
  EXPECT_EQ(data.corpus, (std::map<std::string, std::string>{{"d1", "Title body"}, {"d2", "x"}}));
}

TEST_F(RetrievalDataTest, BeirNeedsNoTitles) {
  std::filesystem::remove(directory_.path() / "corpus.jsonl.gz");
  directory_.file("corpus.jsonl",
                  "{\"_id\":\"d1\",\"text\":\"body\"}\n{\"_id\":\"d2\",\"text\":\"x\",\"title\":\"Title\"}\n");
  const RetrievalData data = read_beir(directory_.path(), "test");
  EXPECT_EQ(data.corpus, (std::map<std::string, std::string>{{"d1", "body"}, {"d2", "Title x"}}));
}

TEST_F(RetrievalDataTest, BeirKeepsJudgedQueriesAndPositiveGrades) {
  const RetrievalData data = read_beir(directory_.path(), "test");
  EXPECT_EQ(data.queries, (std::map<std::string, std::string>{{"1", "first"}}));
  EXPECT_EQ(data.relevant, (std::map<std::string, std::set<std::string>>{{"1", {"d1"}}}));
}

TEST_F(RetrievalDataTest, BeirNamesAMissingFile) {
  expect_error(ErrorCode::not_found, "qrels/dev.tsv: does not exist", [&] { read_beir(directory_.path(), "dev"); });
}

TEST_F(RetrievalDataTest, BeirNamesAnUnknownQuery) {
  directory_.file("qrels/test.tsv", "query-id\tcorpus-id\tscore\n9\td1\t1\n");
  expect_error(ErrorCode::corrupt_data, "test.tsv: line 2: there is no query '9'",
               [&] { read_beir(directory_.path(), "test"); });
}

TEST_F(RetrievalDataTest, PairsShareEqualTexts) {
  const auto path = directory_.file("pairs.tsv", "q\td\nwhat\tx\nwhat\ty\nwho\tx\n");
  const RetrievalData data = read_retrieval_pairs(path, {}, {});
  EXPECT_EQ(data.queries.size(), 2u);
  EXPECT_EQ(data.corpus.size(), 2u);
  EXPECT_EQ(data.relevant.begin()->second.size(), 2u);
  EXPECT_EQ(data.corpus.begin()->second, "x") << "ids keep the order of the file";
}

TEST_F(RetrievalDataTest, PairsWithALabelOfZeroOnlyFillTheCorpus) {
  const auto path = directory_.file("pairs.tsv", "q\td\tlabel\nwhat\tx\t1\nwhat\ty\t0\n");
  const RetrievalData data = read_retrieval_pairs(path, {}, {});
  EXPECT_EQ(data.corpus.size(), 2u);
  EXPECT_EQ(data.relevant.begin()->second.size(), 1u);
}

TEST_F(RetrievalDataTest, PairsCanBeSearchedAmongMoreDocuments) {
  const auto path = directory_.file("pairs.tsv", "q\td\nwhat\tx\n");
  const RetrievalData data =
      read_retrieval_pairs(path, {}, {directory_.file("more.txt", "x\ny\n"), directory_.file("most.txt", "z\n")});
  EXPECT_EQ(data.corpus.size(), 3u);
}

TEST_F(RetrievalDataTest, SciFact) {
  const auto path = test::shared_data("scifact/beir");
  SBERT_NEEDS_DATA(path);
  const RetrievalData data = read_beir(path, "test");
  EXPECT_EQ(data.corpus.size(), 5183u);
  EXPECT_EQ(data.queries.size(), 300u);
}

}  // namespace
}  // namespace sbert
