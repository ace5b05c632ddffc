#include "hub/hashes.h"

#include <gtest/gtest.h>

namespace sbert::hub {
namespace {

TEST(Hash, Sha256OfPieces) {
  Hash hash = Hash::sha256();
  hash.update("a");
  hash.update("bc");
  EXPECT_EQ(hash.finish(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Hash::sha256().finish(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Hash, GitBlobAsGitNamesIt) {
  EXPECT_EQ(Hash::git_blob(0).finish(), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");  // git hash-object /dev/null
  Hash hash = Hash::git_blob(6);
  hash.update("hello\n");
  EXPECT_EQ(hash.finish(), "ce013625030ba8dba906f756967f9e9ca394464a");  // echo hello | git hash-object --stdin
}

}  // namespace
}  // namespace sbert::hub
