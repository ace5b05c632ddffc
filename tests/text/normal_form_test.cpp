#include "text/normal_form.h"

#include <string>

#include <gtest/gtest.h>

namespace sbert::text {
namespace {

std::string in_form(std::string_view text, NormalForm form) {
  TrackedText tracked;
  tracked.reset(text, 0, true);
  to_normal_form(tracked, form);
  return std::string(tracked.view());
}

TEST(NormalForm, DecomposesAndSortsMarks) {
  EXPECT_EQ(in_form("\u1e69", NormalForm::nfd), "s\u0323\u0307");
  EXPECT_EQ(in_form("s\u0307\u0323", NormalForm::nfd), "s\u0323\u0307");
  // Of classes 228, 226, 224, 218 and 8: the order of the classes, not of the characters.
  EXPECT_EQ(in_form("a\u302b\u302f\u302a\u3099", NormalForm::nfd), "a\u3099\u302a\u302f\u302b");
  EXPECT_EQ(in_form("a\u0356\u302f\u0356", NormalForm::nfd), "a\u0356\u0356\u302f");
  EXPECT_EQ(in_form("a\U0001d16d\u302f", NormalForm::nfd), "a\u302f\U0001d16d");
  EXPECT_EQ(in_form("a\u0898\u0323", NormalForm::nfd), "a\u0898\u0323");  // newer than the tables: no class
  EXPECT_EQ(in_form("\uac01", NormalForm::nfd), "\u1100\u1161\u11a8");
  EXPECT_EQ(in_form("\ufb01", NormalForm::nfd), "\ufb01");
  EXPECT_EQ(in_form("\ufb01\u00b2", NormalForm::nfkd), "fi2");
}

TEST(NormalForm, Composes) {
  EXPECT_EQ(in_form("s\u0307\u0323", NormalForm::nfc), "\u1e69");
  EXPECT_EQ(in_form("\u1100\u1161\u11a8", NormalForm::nfc), "\uac01");
  EXPECT_EQ(in_form("a\u0327\u0301", NormalForm::nfc), "\u00e1\u0327");
  EXPECT_EQ(in_form("\u0301e\u0301", NormalForm::nfc), "\u0301\u00e9");
  EXPECT_EQ(in_form("\u212b", NormalForm::nfc), "\u00c5");
  EXPECT_EQ(in_form("\uff21\u030a", NormalForm::nfkc), "\u00c5");
}

TEST(NormalForm, RemembersWhereCharactersCameFrom) {
  TrackedText text;
  text.reset("x\u00e9e\u0301", 10, true);
  to_normal_form(text, NormalForm::nfc);
  ASSERT_EQ(text.view(), "x\u00e9\u00e9");
  EXPECT_EQ(text.origin(1), (Span{11, 13}));
  EXPECT_EQ(text.origin(3), (Span{13, 14}));  // the composed character stands where its first part stood
}

}  // namespace
}  // namespace sbert::text
