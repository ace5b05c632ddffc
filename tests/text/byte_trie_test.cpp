#include "text/byte_trie.h"

#include <map>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace sbert::text {
namespace {

TEST(ByteTrie, FindsTheLongestKeyATextStartsWith) {
  const ByteTrie trie({{"a", 1}, {"ab", 2}, {"abcd", 3}, {"b\xff", 4}, {"##x", 5}});
  EXPECT_EQ(trie.longest("abc").value, 2);
  EXPECT_EQ(trie.longest("abc").size, 2u);
  EXPECT_EQ(trie.longest("abcde").value, 3);
  EXPECT_EQ(trie.longest("b\xff!").value, 4);
  EXPECT_EQ(trie.longest("b").size, 0u);
  EXPECT_EQ(trie.longest("").size, 0u);
  EXPECT_EQ(trie.longest("x!", trie.walk(ByteTrie::kRoot, "##")).value, 5);
  EXPECT_EQ(trie.walk(ByteTrie::kRoot, "#a"), ByteTrie::kNowhere);
}

TEST(ByteTrie, EmptySetFindsNothing) {
  EXPECT_EQ(ByteTrie().longest("abc").size, 0u);
}

TEST(ByteTrie, OfEqualKeysTheFirstCounts) {
  EXPECT_EQ(ByteTrie({{"a", 7}, {"a", 8}}).longest("a").value, 7);
}

TEST(ByteTrie, HoldsRandomKeysAndNothingElse) {
  std::mt19937 random(1);
  const auto random_key = [&] {
    std::string key;
    const size_t size = 1 + random() % 6;
    while (key.size() < size)
      key.push_back(static_cast<char>(random() % 2 ? 'a' + random() % 4 : random() % 256));
    return key;
  };
  std::map<std::string, int32_t> expected;
  while (expected.size() < 20000)
    expected.emplace(random_key(), static_cast<int32_t>(expected.size()));
  const ByteTrie trie({expected.begin(), expected.end()});
  for (int i = 0; i < 100000; ++i) {
    const std::string text = random_key() + random_key();
    ByteTrie::Match best;
    for (size_t size = 1; size <= text.size(); ++size) {
      if (const auto found = expected.find(text.substr(0, size)); found != expected.end()) best = {found->second, size};
    }
    ASSERT_EQ(trie.longest(text).value, best.value);
    ASSERT_EQ(trie.longest(text).size, best.size);
  }
}

}  // namespace
}  // namespace sbert::text
