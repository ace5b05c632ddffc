#include "data/expand_row.h"

#include <set>

#include <gtest/gtest.h>

namespace sbert {
namespace {

using Rows = std::vector<std::vector<std::string>>;
using Shape = RowRules::Shape;

TEST(ExpandRow, OneTextAColumnIsOneExample) {
  EXPECT_EQ(expand_row({{"a"}, {"b"}, {"c"}}, {}, 0), (Rows{{"a", "b", "c"}}));
}

TEST(ExpandRow, TheFirstOfEachList) {
  EXPECT_EQ(expand_row({{"q"}, {"p1", "p2"}, {"n1", "n2"}}, {}, 0), (Rows{{"q", "p1", "n1"}}));
}

TEST(ExpandRow, AllOfEachList) {
  const RowRules rules{.positives = Choice::all, .negatives = Choice::all};
  EXPECT_EQ(expand_row({{"q"}, {"p1", "p2"}, {"n1", "n2"}}, rules, 0),
            (Rows{{"q", "p1", "n1"}, {"q", "p1", "n2"}, {"q", "p2", "n1"}, {"q", "p2", "n2"}}));
}

TEST(ExpandRow, SeveralNegativesInAnExample) {
  RowRules rules{.negatives_each = 2};
  EXPECT_EQ(expand_row({{"q"}, {"p"}, {"n1", "n2", "n3"}}, rules, 0), (Rows{{"q", "p", "n1", "n2"}}));
  rules.negatives = Choice::all;
  EXPECT_EQ(expand_row({{"q"}, {"p"}, {"n1", "n2", "n3", "n4", "n5"}}, rules, 0),
            (Rows{{"q", "p", "n1", "n2"}, {"q", "p", "n3", "n4"}}));
}

TEST(ExpandRow, AListThatIsTooShortMakesNoExample) {
  EXPECT_TRUE(expand_row({{"q"}, {"p"}, {}}, {}, 0).empty());
  EXPECT_TRUE(expand_row({{"q"}, {"p"}, {"n"}}, {.negatives_each = 2}, 0).empty());
}

TEST(ExpandRow, RandomChoicesDependOnSeedAndRowOnly) {
  RowRules rules{.positives = Choice::random, .negatives = Choice::random};
  const RowTexts columns{{"q"}, {"a", "b", "c", "d"}, {"e", "f", "g", "h"}};
  std::set<std::vector<std::string>> seen;
  for (uint64_t row = 0; row < 200; ++row) {
    const Rows examples = expand_row(columns, rules, row);
    ASSERT_EQ(examples.size(), 1u);
    EXPECT_EQ(examples, expand_row(columns, rules, row));
    seen.insert(examples[0]);
  }
  EXPECT_EQ(seen.size(), 16u);
  rules.seed = 43;
  size_t different = 0;
  for (uint64_t row = 0; row < 50; ++row)
    different += expand_row(columns, rules, row) !=
                 expand_row(columns, {.positives = Choice::random, .negatives = Choice::random}, row);
  EXPECT_GT(different, 25u);
}

TEST(ExpandRow, TextsThatMeanTheSame) {
  RowRules rules{.shape = Shape::pairs};
  EXPECT_EQ(expand_row({{"a", "b", "c"}}, rules, 0), (Rows{{"a", "b"}}));
  EXPECT_TRUE(expand_row({{"a"}}, rules, 0).empty());
  rules.positives = Choice::all;
  EXPECT_EQ(expand_row({{"a"}, {"b", "c"}}, rules, 0), (Rows{{"a", "b"}, {"a", "c"}, {"b", "c"}}));
  EXPECT_EQ(expand_row({{"1", "2", "3", "4", "5"}}, rules, 0).size(), 10u);
  rules.positives = Choice::random;
  EXPECT_EQ(expand_row({{"1", "2", "3", "4", "5"}}, rules, 0).size(), 1u);
}

TEST(ExpandRow, EachTextOfItsOwnWithoutEmptyOnes) {
  EXPECT_EQ(expand_row({{"title"}, {""}, {"answer"}}, {.shape = Shape::split}, 0), (Rows{{"title"}, {"answer"}}));
}

}  // namespace
}  // namespace sbert
