#include "text/unicode.h"

#include <gtest/gtest.h>

namespace sbert::text::unicode {
namespace {

TEST(Unicode, CategoriesAreThoseOfTheReference) {
  EXPECT_TRUE(has(U'\u0007', bert_removed));
  EXPECT_TRUE(has(U'\ue000', bert_removed));   // private use
  EXPECT_FALSE(has(U'\u0378', bert_removed));  // unassigned
  EXPECT_TRUE(has(U'\u2e42', punctuation));
  EXPECT_FALSE(has(U'\u2e43', punctuation));  // newer than the reference's Unicode 8
  EXPECT_TRUE(has(U'\u166d', punctuation));   // no longer punctuation in Unicode
  EXPECT_TRUE(has(U'$', punctuation));
  EXPECT_TRUE(has(U'\u0301', nonspacing_mark));
  EXPECT_FALSE(has(U'\u0898', nonspacing_mark));
  EXPECT_TRUE(has(U'\u4e2d', letter));
  EXPECT_TRUE(has(U'\u00bd', number));
  EXPECT_TRUE(has(U'_', word));
  EXPECT_TRUE(is_white_space(U'\u3000'));
  EXPECT_FALSE(is_white_space(U'\u200b'));
}

TEST(Unicode, LowerCaseLooksAtOneCharacterOnly) {
  EXPECT_EQ(to_lower(U'A'), U'a');
  EXPECT_EQ(to_lower(U'a'), U'a');
  EXPECT_EQ(to_lower(U'\u03a3'), U'\u03c3');
  EXPECT_EQ(to_lower(U'\u0130'), U'i');
  EXPECT_EQ(to_lower(U'\U00010400'), U'\U00010428');
}

TEST(Unicode, CompositionUndoesDecomposition) {
  const auto parts = canonical_decomposition(U'\u00e9');
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(compose(parts[0], parts[1]), U'\u00e9');
  EXPECT_EQ(compose(U'a', U'b'), U'\0');
  EXPECT_TRUE(canonical_decomposition(U'a').empty());
  EXPECT_EQ(compatibility_decomposition(U'\ufb01').size(), 2u);
  EXPECT_EQ(combining_class(U'\u0323'), 220);
}

}  // namespace
}  // namespace sbert::text::unicode
