#include "data/column_checks.h"

#include <gtest/gtest.h>

#include "base/fail.h"
#include "support/errors.h"

namespace sbert {
namespace {

using Label = ColumnExpectation::Label;
using Examples = std::vector<InputExample>;

/// "error: ..." or "warning: ...", one a line.
std::string lines(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    text += finding.severity == Finding::Severity::error ? "error: " : "warning: ";
    text += finding.message + "\n";
  }
  return text;
}

std::string lines(ColumnCheck check, const Examples& examples, const std::vector<std::string>& names = {}) {
  for (const InputExample& example : examples)
    check.add(example);
  return lines(check.findings(names));
}

std::string findings(const Examples& examples, const ColumnExpectation& expectation,
                     const std::vector<std::string>& names = {}) {
  return lines(ColumnCheck(expectation), examples, names);
}

const ColumnExpectation kPairs{"SomeLoss", "(anchor, positive)", 2, 3};
const ColumnExpectation kScored{"SomeLoss", "(a, b), score", 2, 2, Label::number, -1, 1};
const ColumnExpectation kBinary{"SomeLoss", "(a, b), 0 or 1", 2, 2, Label::binary};
const ColumnExpectation kClasses{
    .loss = "SomeLoss", .description = "(text), class", .max_texts = 1, .label = Label::class_id, .class_pairs = true};
const ColumnExpectation kThreeClasses{"SomeLoss", "(a, b), class", 2, 2, Label::class_id, 0, 2};
const ColumnExpectation kTeacher{"SomeLoss", "(query, positive, negatives), scores", 3, 9, Label::list};

TEST(ColumnChecks, WhatIsAsItShouldBe) {
  EXPECT_EQ(findings({{{"a", "b"}}, {{"c", "d"}}}, kPairs, {"question", "answer"}), "");
  EXPECT_EQ(findings({{{"a", "b"}, 1.0f}, {{"c", "d"}, -1.0f}}, kScored), "");
  EXPECT_EQ(findings({{{"a", "b"}, 1.0f}, {{"c", "d"}, 0.0f}}, kBinary), "");
  EXPECT_EQ(findings({{{"a"}, 0.0f}, {{"b"}, 0.0f}, {{"c"}, 7.0f}, {{"d"}, 7.0f}}, kClasses), "");
  EXPECT_EQ(findings({{{"a", "b"}, 0.0f}, {{"c", "d"}, 2.0f}}, kThreeClasses), "");
  EXPECT_EQ(findings({{{"a", "b", "c"}, {}, {1, 2}}, {{"d", "e", "f"}, {}, {3, 4}}}, kTeacher), "");
}

TEST(ColumnChecks, AWrongNumberOfTexts) {
  EXPECT_EQ(findings({{{"a"}}}, kPairs), "error: SomeLoss takes (anchor, positive); the data has 1 text a row\n");
  EXPECT_EQ(findings({{{"a", "b", "c"}, 1.0f}}, kScored),
            "error: SomeLoss takes (a, b), score; the data has 3 texts a row\n");
  EXPECT_EQ(findings({{{"a", "b", "c"}}}, kScored),
            "error: SomeLoss takes (a, b), score; the data has 3 texts a row: the column called label, labels, score "
            "or scores is the label; --columns label=NAME makes another one that\n");
}

TEST(ColumnChecks, ALabelTooManyOrTooFew) {
  EXPECT_EQ(findings({{{"a", "b"}, 1.0f}}, kPairs),
            "error: SomeLoss takes (anchor, positive); the data has a label, which it would ignore: leave "
            "that column out\n");
  for (const auto& rule : {kScored, kBinary, kThreeClasses})
    EXPECT_NE(findings({{{"a", "b"}}}, rule).find("the data has no label: the column called label"), std::string::npos);
  EXPECT_NE(findings({{{"a", "b"}, {}, {1, 2}}}, kScored).find("several labels a row"), std::string::npos);
  EXPECT_NE(findings({{{"a", "b", "c"}}}, kTeacher).find("the data has no label: the column called label"),
            std::string::npos);
}

TEST(ColumnChecks, LabelsOutOfRangeNameTheRow) {
  EXPECT_EQ(
      findings({{{"a"}, 16777215.0f}, {{"b"}, 16777216.0f}}, kClasses),
      "error: row 2 has the label 1.67772e+07, but SomeLoss takes classes 0, 1, 2, ...; from 2^24 on they are not "
      "exact, so number them anew\n");
  EXPECT_EQ(findings({{{"a", "b"}, 1.0f}, {{"c", "d"}, 4.5f}}, kScored),
            "error: row 2 has the label 4.5, but SomeLoss takes -1 to 1; --scale brings labels into that range\n");
  EXPECT_EQ(findings({{{"a", "b"}, 0.5f}}, kBinary), "error: row 1 has the label 0.5, but SomeLoss takes 0 and 1\n");
  EXPECT_EQ(findings({{{"a"}, 0.0f}, {{"b"}, -1.0f}}, kClasses),
            "error: row 2 has the label -1, but SomeLoss takes classes 0, 1, 2, ...; --no-unlabelled leaves out rows "
            "with -1\n");
  EXPECT_EQ(findings({{{"a", "b"}, 3.0f}}, kThreeClasses),
            "error: row 1 has the label 3, but SomeLoss takes the classes 0 to 2\n");
}

class TeacherLoss : public losses::LossFunction {
 public:
  std::string name() const override { return "TeacherLoss"; }
  OrderedJson config() const override { return {}; }
  losses::ColumnRule columns() const override {
    return {2, 9, losses::ColumnRule::Label::vector, "(query, ...), scores"};
  }
  void check_shape(size_t inputs, size_t labels) const override {
    if (labels + 1 != inputs)
      fail(ErrorCode::invalid_argument, "TeacherLoss: ", labels, " labels for ", inputs, " texts");
  }
  Var forward(Execution&, const losses::LossBatch&) const override { return {}; }
};

TEST(ColumnChecks, WhatOnlyTheLossKnows) {
  const TeacherLoss loss;
  const auto check = [&](const Examples& examples) { return lines(ColumnCheck(loss), examples); };
  EXPECT_EQ(check({{{"a", "b", "c"}, {}, {1, 2}}, {{"d", "e", "f"}, {}, {1, 2}}}), "");
  EXPECT_EQ(check({{{"a", "b"}, 1.0f}, {{"c", "d"}, 2.0f}}), "");
  EXPECT_EQ(check({{{"a", "b", "c"}, {}, {1}}}), "error: TeacherLoss: 1 labels for 3 texts\n");
  EXPECT_EQ(check({{{"a"}, 1.0f}}),
            "error: TeacherLoss takes the columns (query, ...), scores; the data has 1 text a row\n"
            "error: TeacherLoss: 1 labels for 1 texts\n");
}

TEST(ColumnChecks, ClassesWithOneMember) {
  EXPECT_EQ(findings({{{"a"}, 0.0f}, {{"b"}, 0.0f}, {{"c"}, 1.0f}, {{"d"}, 1.0f}, {{"e"}, 5.0f}}, kClasses),
            "warning: 1 of 3 classes have one member (such as 5); SomeLoss cannot use them\n");
  EXPECT_EQ(findings({{{"a"}, 0.0f}, {{"b"}, 0.0f}, {{"e"}, 5.0f}}, kClasses).substr(0, 30),
            "error: 1 of 2 classes have one");
  EXPECT_EQ(findings({{{"a"}, 3.0f}, {{"b"}, 3.0f}}, kClasses),
            "error: all rows have the class 3: at least two are needed\n");
}

TEST(ColumnChecks, ClassesAreCalledByTheirNames) {
  ColumnCheck check(kClasses);
  for (const float label : {0.0f, 0.0f, 1.0f})
    check.add({{"a"}, label});
  EXPECT_EQ(lines(check.findings({"text"}, {"red", "blue"})),
            "error: 1 of 2 classes have one member (such as 'blue'); SomeLoss cannot use them\n"
            "warning: column 'text' is the same in all rows: is it the right column?\n");
}

TEST(ColumnChecks, ConstantColumnsAndLabels) {
  EXPECT_EQ(findings({{{"a", "x"}, 1.0f}, {{"b", "x"}, 1.0f}}, kScored, {"text", "source"}),
            "warning: all rows have the label 1: there is nothing to learn from it\n"
            "warning: column 'source' is the same in all rows: is it the right column?\n");
}

TEST(ColumnChecks, EmptyTextsAndCopies) {
  EXPECT_EQ(findings({{{"a", "a"}}, {{"", ""}}, {{"", ""}}}, kPairs),
            "warning: text 1 is empty in 2 rows (such as row 2)\n"
            "warning: text 1 and text 2 are equal in all rows (as SimCSE wants it)\n"
            "warning: text 2 is empty in 2 rows (such as row 2)\n");
}

TEST(ColumnChecks, ColumnsThatLookReversed) {
  const Examples examples{{{"a", "b", "c"}}, {{"d", "e", "f"}}};
  EXPECT_EQ(findings(examples, kPairs, {"anchor", "negative", "positive"}),
            "warning: column 'negative' comes before 'positive'; SomeLoss takes (anchor, positive) by position: choose "
            "the order with --columns\n");
  EXPECT_EQ(findings(examples, kPairs, {"anchor", "positive", "negative"}), "");
}

TEST(ColumnChecks, IdsAreNoTexts) {
  EXPECT_EQ(lines(ids_among_texts({"image_id", "idea", "grid", "paid"})),
            "warning: column 'image_id' looks like an id, and is taken for a text: leave it out with --columns\n");
}

TEST(ColumnChecks, NoExamples) {
  EXPECT_EQ(findings({}, kPairs), "error: there are no examples\n");
}

TEST(ColumnChecks, ThePreviewShortensTexts) {
  const Examples examples{{{"one\ntwo", std::string(200, 'x')}, 0.5f}, {{"b", "c"}, {}, {1, 2.5f}}};
  EXPECT_EQ(preview(examples, {"question"}), "row 1:\n  question: one two\n  text 2: " + std::string(100, 'x') +
                                                 "...\n  label: 0.5\n" +
                                                 "row 2:\n  question: b\n  text 2: c\n  label: 1, 2.5\n");
  EXPECT_EQ(preview(examples, {}, {}, 1).find("row 2"), std::string::npos);
  EXPECT_EQ(preview({{{"a"}, 1.0f}}, {"text"}, {"no", "yes"}), "row 1:\n  text: a\n  label: 1 (yes)\n");
}

TEST(ColumnChecks, TheFirstErrorIsThrownWithTheFirstRow) {
  const Examples examples{{{"a"}}};
  ColumnCheck check(kPairs);
  check.add(examples.front());
  const auto found = check.findings({"text"});
  test::expect_error([&] { throw_on_error(found, examples, {"text"}, "a.csv"); }, ErrorCode::invalid_argument,
                     {"a.csv: SomeLoss takes", "(the first row: text 'a')"});
  EXPECT_NO_THROW(throw_on_error({{Finding::Severity::warning, "odd"}}, examples, {}));
}

}  // namespace
}  // namespace sbert
