#include "data/examples.h"

#include "base/fail.h"
#include "data/expect_error.h"
#include "data/shared_data.h"
#include "data/temporary_file.h"

namespace sbert {
namespace {

using test::expect_error;

class ExamplesTest : public testing::Test {
 protected:
  std::vector<InputExample> read(const std::string& name, const std::string& bytes, const TableOptions& options = {},
                                 const ExampleShape& shape = {}) {
    return read_examples(directory_.file(name, bytes), options, shape);
  }

  test::TemporaryDirectory directory_;
};

using Strings = std::vector<std::string>;

TEST_F(ExamplesTest, TheLabelIsFoundByNameAndTextsKeepTheirOrder) {
  const auto examples = read("a.csv", "b,score,a\nx,0.5,y\n");
  ASSERT_EQ(examples.size(), 1u);
  EXPECT_EQ(examples[0].texts, (Strings{"x", "y"}));
  EXPECT_FLOAT_EQ(examples[0].label.value(), 0.5f);
}

TEST_F(ExamplesTest, WithoutALabelColumnThereIsNoLabel) {
  EXPECT_FALSE(read("a.csv", "anchor,positive\nx,y\n")[0].label.has_value());
}

TEST_F(ExamplesTest, LabelsAreScaled) {
  TableOptions options{.columns = parse_columns("a,b,score")};
  set_scales(options.columns, "score=0.2");
  EXPECT_FLOAT_EQ(*read("a.csv", "a,b,score\nx,y,4.000\n", options)[0].label, 0.8f);
}

TEST_F(ExamplesTest, LabelsMayBeNumbersTextOrTruthValues) {
  const auto examples = read("a.jsonl",
                             "{\"t\":\"x\",\"label\":1}\n{\"t\":\"x\",\"label\":\" -2.5e-1 \"}\n"
                             "{\"t\":\"x\",\"label\":true}\n");
  EXPECT_FLOAT_EQ(*examples[0].label, 1);
  EXPECT_FLOAT_EQ(*examples[1].label, -0.25f);
  EXPECT_FLOAT_EQ(*examples[2].label, 1);
}

TEST_F(ExamplesTest, ALabelThatIsNoNumberNamesLineColumnAndText) {
  for (const char* bad : {"high", "", "1,5", "0x10", "nan", "inf", "1e999", "1 2"}) {
    expect_error(ErrorCode::corrupt_data, concat("a.tsv: line 3: column 'score' holds '", bad, "', expected a number"),
                 [&] { read("a.tsv", concat("a\tscore\nx\t1\nx\t", bad, "\n")); });
  }
}

TEST_F(ExamplesTest, ATextThatIsNoTextNamesWhatItIs) {
  const auto expect = [&](const char* value, const char* what) {
    expect_error(ErrorCode::corrupt_data, concat("line 1: column 't' holds ", what, ", expected text"),
                 [&] { read("a.jsonl", concat("{\"t\":", value, "}")); });
  };
  expect("7", "the number 7");
  expect("true", "true");
  expect("null", "nothing (null)");
  expect("[\"x\", 7]", "the number 7");
  expect("[[\"x\"]]", "a list");
}

TEST_F(ExamplesTest, LongTextsAreCutInMessages) {
  expect_error(ErrorCode::corrupt_data, "\u00e9...'", [&] {
    std::string longer;
    for (int i = 0; i < 1000; ++i)
      longer += "\u00e9";
    read("a.csv", "a,label\nx," + longer + "\n");
  });
}

TEST_F(ExamplesTest, TwoLabelColumnsAreAmbiguous) {
  expect_error(ErrorCode::invalid_argument, "'label' and 'score' are both labels",
               [&] { read("a.csv", "a,label,score\nx,1,2\n"); });
}

TEST_F(ExamplesTest, AWrongNumberOfColumnsListsThem) {
  expect_error(ErrorCode::invalid_argument,
               "needs 2 text columns and a label column (label or score), but has 'id', 'a'",
               [&] { read("a.csv", "id,a\n1,x\n", {}, {.texts = 2, .label = true}); });
  expect_error(ErrorCode::invalid_argument, "needs at least one text column", [&] { read("a.csv", "score\n1\n"); });
  expect_error(ErrorCode::invalid_argument, "and no label",
               [&] { read("a.csv", "a,score\nx,1\n", {}, {.label = false}); });
}

TEST_F(ExamplesTest, StsBenchmark) {
  const auto path = test::shared_data("stsbenchmark/sts-train.csv");
  SBERT_NEEDS_DATA(path);
  TableOptions options{.header = false, .quoting = false, .columns = parse_columns("sentence1=5,sentence2=6,score=4")};
  set_scales(options.columns, "score=0.2");
  const auto examples = read_examples(path, options, {.texts = 2, .label = true});
  ASSERT_EQ(examples.size(), 5749u);
  EXPECT_EQ(examples[0].texts, (Strings{"A plane is taking off.", "An air plane is taking off."}));
  EXPECT_FLOAT_EQ(*examples[0].label, 1);
}

TEST_F(ExamplesTest, QuoraPairsWithBlankLabels) {
  const auto path = test::shared_data("qqp/quora-dev.csv");
  SBERT_NEEDS_DATA(path);
  const TableOptions options{.columns = parse_columns("a=sentence1,b=sentence2,label=is_duplicate")};
  expect_error(ErrorCode::corrupt_data, "column 'label' holds '', expected a number",
               [&] { read_examples(path, options); });
}

TEST_F(ExamplesTest, Banking77) {
  const auto path = test::shared_data("banking77/train.csv");
  SBERT_NEEDS_DATA(path);
  EXPECT_EQ(read_examples(path).size(), 10003u);
}

TEST_F(ExamplesTest, LatinOneDataIsNamed) {
  const auto path = test::shared_data("trec/train_5500.label");
  SBERT_NEEDS_DATA(path);
  expect_error(ErrorCode::corrupt_data, "invalid UTF-8 at byte", [&] { read_examples(path); });
}

}  // namespace
}  // namespace sbert
