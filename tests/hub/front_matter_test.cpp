#include "hub/front_matter.h"

#include <gtest/gtest.h>

#include "support/errors.h"

namespace sbert::hub {
namespace {

TEST(FrontMatter, IsMadeWhereThereIsNone) {
  EXPECT_EQ(with_datasets("", {"a/b"}, "README.md"), "---\ndatasets:\n- a/b\n---\n");
  EXPECT_EQ(with_datasets("# Tiny\n", {"a/b"}, "README.md"), "---\ndatasets:\n- a/b\n---\n# Tiny\n");
}

TEST(FrontMatter, GetsAKey) {
  EXPECT_EQ(with_datasets("---\r\nlicense: mit\r\n---\r\n# Tiny", {"a/b", "c"}, "README.md"),
            "---\ndatasets:\n- a/b\n- c\nlicense: mit\n---\n# Tiny\n");
}

TEST(FrontMatter, KeepsWhatIsNamedAlready) {
  EXPECT_EQ(with_datasets("---\ndatasets:\n- a/b\n- 'x'\ntags: []\n---\n", {"c", "x", "a/b"}, "README.md"),
            "---\ndatasets:\n- c\n- a/b\n- 'x'\ntags: []\n---\n");
}

TEST(FrontMatter, IsNotGuessedAt) {
  for (const char* text : {"---\ndatasets: [a, b]\n---\n", "---\ndatasets: a\n---\n", "---\nlicense: mit\n"}) {
    test::expect_error([&] { with_datasets(text, {"c"}, "README.md"); }, ErrorCode::corrupt_data, {"README.md"});
  }
}

}  // namespace
}  // namespace sbert::hub
