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
  for (const Value& cell : {Value(), Value(" "), Value("-"), Value(std::nan("")), Value("nan"), Value(" NaN ")})
    EXPECT_TRUE(is_missing_label(cell)) << cell.describe();
  for (const Value::List& list : {Value::List{}, Value::List{0.5, {}}, Value::List{"", 0.5}})
    EXPECT_TRUE(is_missing_label(list));
  for (const Value& cell : {Value(0.0), Value(false), Value("nanny"), Value(Value::List{0.5})})
    EXPECT_FALSE(is_missing_label(cell)) << cell.describe();
}

/// Numbers and names of the classes of a column: "0 2 (red blue green)".
std::string numbered_classes(const std::filesystem::path& path, LabelRules rules = {}) {
  rules.kind = LabelKind::classes;
  ExampleReader reader(path, {.labels = rules});
  std::string text;
  for (InputExample example; reader.next(example);)
    text += concat(text.empty() ? "" : " ", *example.label);
  if (reader.labels().classes.empty()) return text;
  std::string names;
  for (const std::string& name : reader.labels().classes)
    names.append(names.empty() ? "" : " ").append(name);
  return concat(text, " (", names, ")");
}

TEST_F(ExamplesTest, ClassesAreExact) {
  const auto classes = [&](const char* name, const std::vector<const char*>& cells) {
    std::string json, csv = "t,label\n";
    for (const char* const cell : cells) {
      json += concat("{\"t\":\"x\",\"label\":", cell, "}\n");
      csv += concat("x,", cell, "\n");
    }
    const std::string numbers = numbered_classes(directory_.file(concat(name, ".jsonl"), json));
    EXPECT_EQ(numbered_classes(directory_.file(concat(name, ".csv"), csv)), numbers);
    return numbers;
  };
  EXPECT_EQ(classes("small", {"5", "0", "3", "999999"}), "5 0 3 999999");
  EXPECT_EQ(classes("large", {"16777217", "16777216", "3", "16777217"}), "2 1 0 2 (3 16777216 16777217)");
  EXPECT_EQ(classes("largest", {"9223372036854775807", "9223372036854775806"}),
            "1 0 (9223372036854775806 9223372036854775807)");
  EXPECT_EQ(classes("real", {"1.0", "0.0", "16777217.0", "2e0"}), "1 0 3 2 (0 1 2 16777217)");
}

TEST_F(ExamplesTest, NumbersThatAreNoClasses) {
  for (const char* bad : {"0.5", "16777216.5", "1e30", "9223372036854775808"}) {
    expect_error(ErrorCode::corrupt_data, "line 2: column 'label' holds ", [&] {
      numbered_classes(
          directory_.file("a.jsonl", concat("{\"t\":\"x\",\"label\":1}\n{\"t\":\"x\",\"label\":", bad, "}\n")));
    });
  }
}

TEST_F(ExamplesTest, ClassesAreNamedOnce) {
  const auto path = directory_.file("a.csv", "t,label\nx,red\ny,blue\n");
  EXPECT_EQ(numbered_classes(path, {.classes = {"red", "blue"}}), "0 1 (red blue)");
  expect_error(ErrorCode::invalid_argument, "the class 'red' is named twice", [&] {
    numbered_classes(path, {.classes = {"red", "blue", "red"}});
  });
}

TEST_F(ExamplesTest, TrueAndFalseAreLabelsInAnyFormat) {
  for (const char* words : {"True,False", "TRUE,FALSE", "true,false"}) {
    const std::string yes(words, std::string_view(words).find(','));
    const auto examples = read("a.csv", concat("a,label\nx,", yes, "\ny, ", words + yes.size() + 1, "\n"));
    EXPECT_EQ(*examples[0].label, 1);
    EXPECT_EQ(*examples[1].label, 0);
  }
  EXPECT_EQ(numbered_classes(directory_.file("b.csv", "t,label\nx,True\ny,False\n")), "1 0 (False True)");
  const auto json = directory_.file("c.jsonl", "{\"t\":\"x\",\"label\":true}\n{\"t\":\"y\",\"label\":false}\n");
  EXPECT_EQ(numbered_classes(json), "1 0");
  EXPECT_EQ(numbered_classes(json, {.classes = {"True", "False"}}), "0 1 (True False)");
}

TEST_F(ExamplesTest, MissingLabelsAreTreatedAlike) {
  for (const char* missing : {"", " ", "nan", "NaN", "-"}) {
    const auto path = directory_.file("a.csv", concat("t,label\nx,1\ny,", missing, "\nz,2\n"));
    for (const LabelKind kind : {LabelKind::number, LabelKind::classes}) {
      expect_error(ErrorCode::corrupt_data, "line 3: column 'label' holds '",
                   [&] { read_examples(path, {.labels = {.kind = kind}}); });
      EXPECT_EQ(read_examples(path, {.labels = {.kind = kind, .skip_missing = true}}).size(), 2u) << missing;
    }
    const LabelRules named{.kind = LabelKind::classes, .classes = {"1", "2"}};
    expect_error(ErrorCode::corrupt_data, "expected a class; sbert train --no-unlabelled",
                 [&] { read_examples(path, {.labels = named}); });
  }
  for (const char* missing : {"null", "NaN", "\"nan\"", "[]", "[0.5,null]"}) {
    const auto path = directory_.file(
        "a.jsonl", concat("{\"t\":\"x\",\"score\":1}\n{\"t\":\"y\",\"score\":", missing, "}\n{\"t\":\"z\"}\n"));
    EXPECT_EQ(read_examples(path, {.labels = {.skip_missing = true}}).size(), 1u) << missing;
    expect_error(ErrorCode::corrupt_data, "line 2: column 'score' holds ", [&] { read_examples(path); });
  }
}

TEST_F(ExamplesTest, ExamplesAreAlike) {
  const std::string first = "{\"q\":\"x\",\"score\":[1,2]}\n";
  expect_error(
      ErrorCode::corrupt_data,
      "a.jsonl: line 2: makes an example of 1 text and a list of 3 labels, unlike the first one, of 1 text and a "
      "list of 2 labels",
      [&] { read("a.jsonl", first + "{\"q\":\"y\",\"score\":[1,2,3]}\n"); });
  expect_error(ErrorCode::corrupt_data, "line 2: makes an example of 1 text and a label",
               [&] { read("a.jsonl", first + "{\"q\":\"y\",\"score\":1}\n"); });
  expect_error(ErrorCode::corrupt_data, "line 2: makes an example of 2 texts, unlike the first one, of 1 text",
               [&] { read("a.jsonl", "{\"q\":\"x\"}\n{\"q\":[\"y\",\"z\"]}\n"); });
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
