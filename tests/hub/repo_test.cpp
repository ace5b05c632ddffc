#include "hub/repo.h"

#include <gtest/gtest.h>

#include "hub/cache.h"

namespace sbert::hub {
namespace {

TEST(RepoId, KnowsItsAddresses) {
  const RepoId model{RepoKind::model, "acme/tiny"}, rows{RepoKind::dataset, "acme/rows"}, old{RepoKind::model, "gpt2"};
  EXPECT_EQ(model.api(), "/api/models/acme/tiny");
  EXPECT_EQ(model.page(), "/acme/tiny");
  EXPECT_EQ(model.folder(), "models--acme--tiny");
  EXPECT_EQ(rows.api(), "/api/datasets/acme/rows");
  EXPECT_EQ(rows.page(), "/datasets/acme/rows");
  EXPECT_EQ(rows.folder(), "datasets--acme--rows");
  EXPECT_EQ(old.folder(), "models--gpt2");
}

TEST(RepoName, IsWhatTheHubAllows) {
  for (const char* name : {"acme/tiny", "gpt2", "a/b.c-d_e", "BAAI/bge-small-en-v1.5"})
    EXPECT_TRUE(is_repo_name(name)) << name;
  for (const char* name : {"", "/", "a/", "/a", "a/b/c", "../a", "a/..", ".a", "a b", "a/b.git", "a--b", "./model",
                           "a\\b", "a/-b", "a/b-", "~/model", "a@b"})
    EXPECT_FALSE(is_repo_name(name)) << name;
  EXPECT_FALSE(is_repo_name(std::string(97, 'a')));
}

TEST(SafePath, StaysBelow) {
  for (const char* path :
       {"config.json", "1_Pooling/config.json", "a/b/c", ".gitattributes", "...", "a b", "ü", "a..b"})
    EXPECT_TRUE(is_safe_path(path)) << path;
  for (const char* path :
       {"", "/etc/passwd", "../a", "a/../../b", "a/..", "..", ".", "a/./b", "a//b", "a/", "a\\..\\b", "a\nb", "C:\\x"})
    EXPECT_FALSE(is_safe_path(path)) << path;
  EXPECT_FALSE(is_safe_path(std::string("a\0b", 3)));
  EXPECT_FALSE(is_safe_path(std::string(256, 'a')));
}

TEST(CachedRepo, IsKnownByThePlace) {
  const auto rows = find_cached_repo("/cache/hub/datasets--acme--rows/snapshots/0123abc/data/train.jsonl");
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->id.describe(), "data set acme/rows");
  EXPECT_EQ(rows->commit, "0123abc");
  const auto model = find_cached_repo("/cache/hub/models--gpt2/snapshots/main/");
  ASSERT_TRUE(model);
  EXPECT_EQ(model->id.describe(), "model gpt2");
  for (const char* place : {"rows.jsonl", "/cache/hub/datasets--acme--rows/blobs/12", "/a/snapshots/b/c", "",
                            "/datasets--a--b--c)/snapshots/main/x", "/datasets--acme--rows/snapshots"})
    EXPECT_FALSE(find_cached_repo(place)) << place;
}

}  // namespace
}  // namespace sbert::hub
