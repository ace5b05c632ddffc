#include "data/glob.h"

#include <string>

#include <gtest/gtest.h>

#include "support/errors.h"

namespace sbert {
namespace {

bool matches(const char* pattern, const char* path) {
  return Glob(pattern).matches(path);
}

TEST(Glob, NamesAndTheirParts) {
  EXPECT_TRUE(matches("a/b.csv", "a/b.csv"));
  EXPECT_FALSE(matches("a/b.csv", "a/b.csvx"));
  EXPECT_TRUE(matches("*.csv", "b.csv"));
  EXPECT_FALSE(matches("*.csv", "a/b.csv"));
  EXPECT_TRUE(matches("a*b*c", "abc"));
  EXPECT_FALSE(matches("a*b*c", "ab/c"));
  EXPECT_TRUE(matches("?.csv", "b.csv"));
  EXPECT_FALSE(matches("a?b", "a/b"));
}

TEST(Glob, Directories) {
  for (const char* path : {"train.csv", "a/train.csv", "a/b/train.csv"})
    EXPECT_TRUE(matches("**/train*", path)) << path;
  EXPECT_FALSE(matches("**/train*", "a/retrain.csv"));
  EXPECT_TRUE(matches("**", "a/b/c"));
  EXPECT_TRUE(matches("a/**", "a/b/c"));
  EXPECT_FALSE(matches("a/**", "b/c"));
  EXPECT_TRUE(matches("a/**/c", "a/c"));
  EXPECT_FALSE(matches("a/**/c", "a/bc"));
  test::expect_error([] { Glob("**.csv"); }, ErrorCode::invalid_argument, {"**.csv"});
}

TEST(Glob, Sets) {
  for (const char* path : {"train-1", "train.csv", "train_", "train 1", "train7"})
    EXPECT_TRUE(matches("train[-._ 0-9]*", path)) << path;
  EXPECT_FALSE(matches("train[-._ 0-9]*", "trainer"));
  EXPECT_FALSE(matches("train[-._ 0-9]*", "train/a"));
  EXPECT_TRUE(matches("[!ab]", "c"));
  EXPECT_FALSE(matches("[!ab]", "a"));
  EXPECT_FALSE(matches("a[!b]c", "a/c"));
  EXPECT_TRUE(matches("[]]", "]"));
  EXPECT_TRUE(matches("a[b", "a[b"));
}

TEST(Glob, IsNotSlowForAnyPattern) {
  std::string pattern;
  for (int i = 0; i < 200; ++i)
    pattern += "*a";
  EXPECT_FALSE(Glob(pattern + "b").matches(std::string(1000, 'a')));
  test::expect_error([] { Glob(std::string(2000, 'a')); }, ErrorCode::invalid_argument, {"too long"});
}

}  // namespace
}  // namespace sbert
