#include "data/examples.h"

#include <cmath>

#include "base/fail.h"
#include "data/class_names.h"
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

TEST(MissingLabels, AreWhatTablesHaveForNothing) {
  for (const Value& cell : {Value(), Value(" "), Value("-"), Value(std::nan(""))})
    EXPECT_TRUE(is_missing_label(cell)) << cell.describe();
  EXPECT_FALSE(is_missing_label(Value(0.0)));
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

TEST_F(ExamplesTest, SnliIsThreeFilesSideBySide) {
  const auto path = test::shared_data("snli/s1.dev");
  SBERT_NEEDS_DATA(path);
  const TableOptions table{.beside = {{test::shared_data("snli/s2.dev")}, {test::shared_data("snli/labels.dev")}},
                           .columns = parse_columns("text1,text2,label=text3")};
  ExampleReader reader(path, {.table = table, .labels = {.kind = LabelKind::classes}});
  EXPECT_EQ(reader.labels().classes, (Strings{"contradiction", "entailment", "neutral"}));
  EXPECT_EQ(read_examples(path, {.table = table, .labels = reader.labels()}).size(), 9842u);
}

TEST_F(ExamplesTest, CaptionsOfAPictureArePairs) {
  const auto files = [](int file) { return test::shared_data(concat("multi30k/val.", file, ".en.gz")); };
  SBERT_NEEDS_DATA(files(1));
  ExampleOptions options{.table = {.beside = {{files(2)}, {files(3)}, {files(4)}, {files(5)}}}};
  options.rows.shape = RowRules::Shape::pairs;
  EXPECT_EQ(read_examples(files(1), options).size(), 1014u);
  options.rows.positives = Choice::all;
  EXPECT_EQ(read_examples(files(1), options).size(), 10140u);
}

TEST_F(ExamplesTest, TrecHasSixClasses) {
  const auto path = test::shared_data("trec/train_5500.label");
  SBERT_NEEDS_DATA(path);
  const ExampleOptions options{
      .table = {.format = TableFormat::trec, .encoding = TextEncoding::latin1, .columns = parse_columns("text,label")},
      .labels = {.kind = LabelKind::classes}};
  EXPECT_EQ(ExampleReader(path, options).labels().classes.size(), 6u);
  EXPECT_EQ(read_examples(path, options).size(), 5452u);
}

TEST_F(ExamplesTest, QuoraTripletsWithAChoice) {
  const auto path = test::shared_data("qqp/qqp_triplets.jsonl");
  SBERT_NEEDS_DATA(path);
  ExampleOptions options;
  EXPECT_EQ(read_examples(path, options).size(), 13574u);
  options.rows.positives = options.rows.negatives = Choice::random;
  EXPECT_EQ(read_examples(path, options).size(), 13574u);
  options.rows.positives = options.rows.negatives = Choice::all;
  EXPECT_EQ(read_examples(path, options).size(), 75697u);
}

TEST_F(ExamplesTest, ThreeTextsAndATopicAreThreeExamples) {
  ExampleOptions options{.table = {.columns = parse_columns("title,question,answer,label=topic")}};
  options.rows.shape = RowRules::Shape::split;
  const auto path = directory_.file("yahoo.jsonl", R"({"topic": 4, "title": "t", "question": "q", "answer": "a"})"
                                                   "\n"
                                                   R"({"topic": 5, "title": "u", "question": "", "answer": "b"})"
                                                   "\n");
  Strings texts;
  for (const InputExample& example : read_examples(path, options))
    texts.push_back(concat(example.texts.at(0), *example.label));
  EXPECT_EQ(texts, (Strings{"t4", "q4", "a4", "u5", "b5"}));
}

TEST_F(ExamplesTest, LatinOneDataIsNamed) {
  const auto path = test::shared_data("trec/train_5500.label");
  SBERT_NEEDS_DATA(path);
  expect_error(ErrorCode::corrupt_data, "invalid UTF-8 at byte", [&] { read_examples(path); });
}

}  // namespace
}  // namespace sbert
