#include "data/columns.h"

#include "data/expect_error.h"

namespace sbert {
namespace {

using test::expect_error;

TEST(Columns, ARoleIsTakenFromASource) {
  const std::vector<Column> columns = parse_columns("a=0,score=gold score");
  ASSERT_EQ(columns.size(), 2u);
  EXPECT_EQ(columns[0].role, "a");
  EXPECT_EQ(columns[0].source, "0");
  EXPECT_EQ(columns[1].source, "gold score");
}

TEST(Columns, ALoneNameIsBoth) {
  const std::vector<Column> columns = parse_columns("question,answer");
  EXPECT_EQ(columns[1].role, "answer");
  EXPECT_EQ(columns[1].source, "answer");
}

TEST(Columns, NamesMayNotBeEmpty) {
  for (const char* text : {"", ",", "a=", "=0", "a=0,"}) {
    expect_error(ErrorCode::invalid_argument, "should be NAME=VALUE", [&] { parse_columns(text); });
  }
}

TEST(Columns, ARoleIsNamedOnce) {
  expect_error(ErrorCode::invalid_argument, "are the same", [] { parse_columns("a=0,a=1"); });
  expect_error(ErrorCode::invalid_argument, "are the same", [] { parse_columns("label=0,score=1"); });
}

TEST(Columns, LabelsAreKnownByName) {
  for (const char* name : {"label", "labels", "score", "scores"})
    EXPECT_TRUE(is_label(name));
  EXPECT_FALSE(is_label("Label"));
  EXPECT_FALSE(is_label("text"));
}

TEST(Columns, ALabelCanBeScaled) {
  std::vector<Column> columns = parse_columns("a=0,score=2");
  set_scales(columns, "score=0.2");
  EXPECT_DOUBLE_EQ(columns[1].scale, 0.2);
  EXPECT_DOUBLE_EQ(columns[0].scale, 1);
}

TEST(Columns, OnlyALabelCanBeScaled) {
  std::vector<Column> columns = parse_columns("a=0,score=2");
  expect_error(ErrorCode::invalid_argument, "'a' is not a label", [&] { set_scales(columns, "a=2"); });
  expect_error(ErrorCode::invalid_argument, "'label' is not", [&] { set_scales(columns, "label=2"); });
}

}  // namespace
}  // namespace sbert
