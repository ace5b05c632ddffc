#include "hub/front_matter.h"

#include <gtest/gtest.h>

#include "support/errors.h"

namespace sbert::hub {
namespace {

std::string with(const std::string& readme, const std::vector<std::string>& datasets) {
  return with_datasets(readme, datasets, "README.md");
}

TEST(FrontMatter, IsBetweenTwoLines) {
  EXPECT_EQ(front_matter("---\na: 1\n---\n# Tiny\n"), "a: 1\n");
  EXPECT_EQ(front_matter("---\r\na: 1\r\n--- \r\n"), "a: 1\r\n");
  EXPECT_EQ(front_matter("---\n---"), "");
  EXPECT_EQ(front_matter("---\na: 1\n----\n"), std::nullopt);
  EXPECT_EQ(front_matter("# Tiny\n---\na: 1\n---\n"), std::nullopt);
  EXPECT_EQ(front_matter(""), std::nullopt);
}

TEST(FrontMatter, IsMadeWhereThereIsNone) {
  EXPECT_EQ(with("", {"a/b"}), "---\ndatasets:\n- a/b\n---\n");
  EXPECT_EQ(with("# Tiny", {"a/b"}), "---\ndatasets:\n- a/b\n---\n# Tiny");
}

TEST(FrontMatter, GetsAKey) {
  EXPECT_EQ(with("---\r\nlicense: mit\r\n---\r\n# Tiny", {"a/b", "c"}),
            "---\r\ndatasets:\r\n- a/b\r\n- c\r\nlicense: mit\r\n---\r\n# Tiny");
  EXPECT_EQ(with("---\n  license: mit\n---\n", {"a/b"}), "---\n  datasets:\n  - a/b\n  license: mit\n---\n");
  EXPECT_EQ(with("---\n# nothing\n---\n", {"1.5"}), "---\ndatasets:\n- \"1.5\"\n# nothing\n---\n");
}

TEST(FrontMatter, KeepsWhatIsNamedAlready) {
  const std::string named = "---\ndatasets:\n  - a/b  # ours\n  - 'x'\n---\n";
  EXPECT_EQ(with(named, {"x", "a/b"}), named);
  EXPECT_EQ(with("---\nb: 1\ndatasets:\n- a/b\n- 'x y'\n\n# about tags\ntags: []\n---\n", {"c", "a/b"}),
            "---\nb: 1\ndatasets:\n- a/b\n- \"x y\"\n- c\n\n# about tags\ntags: []\n---\n");
  EXPECT_EQ(with("---\ndatasets: [a,\n  b]\ntags: x\n---\n", {"c"}), "---\ndatasets:\n- a\n- b\n- c\ntags: x\n---\n");
  EXPECT_EQ(with("---\ndatasets: a\n---\n", {"c"}), "---\ndatasets:\n- a\n- c\n---\n");
  EXPECT_EQ(with("---\nmodel-index:\n- datasets: z\n\"datasets\":\n---\n", {"c"}),
            "---\nmodel-index:\n- datasets: z\ndatasets:\n- c\n---\n");
}

TEST(FrontMatter, IsNotGuessedAt) {
  for (const char* text : {"---\ndatasets: {a: b}\n---\n", "---\ndatasets: [[a]]\n---\n", "---\nlicense: mit\n",
                           "---\ntags: [a\n---\n", "---\n- a\n---\n", "---\n{datasets: [a]}\n---\n"}) {
    test::expect_error([&] { with(text, {"c"}); }, ErrorCode::corrupt_data, {"README.md"});
  }
  test::expect_error([&] { with("", {"a: b"}); }, ErrorCode::invalid_argument, {"'a: b' is no name"});
}

TEST(FrontMatter, NamesLanguages) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(languages_of("---\nlanguage: en\n---\n"), Names{"en"});
  EXPECT_EQ(languages_of("---\nlanguage:\n- en\n- \"no\"\n- 7\n---\n"), (Names{"en", "no"}));
  for (const char* none : {"", "# Tiny", "---\n---\n", "---\nlicense: mit\n---\n", "---\nlanguage:\n---\n",
                           "---\nlanguage: {a: [}\n---\n", "---\n- language\n---\n"})
    EXPECT_EQ(languages_of(none), Names{}) << none;
}

}  // namespace
}  // namespace sbert::hub
