#include "base/fresh_entry.h"

#include <fstream>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/files.h"
#include "support/errors.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;
using test::TemporaryDirectory;

struct stat status_of(const fs::path& path) {
  struct stat status {};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  return status;
}

TEST(FreshFile, KeepsPermissionsOfWhatItReplaces) {
  const TemporaryDirectory directory;
  const fs::path path = directory / "file";
  for (const mode_t mode : {0600U, 0640U, 0664U, 0755U}) {
    std::ofstream(path) << "old";
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    FreshFile file(path);
    // Before it is in place nobody else may do more than with the old one, either.
    for (const auto& entry : fs::directory_iterator(directory.path()))
      EXPECT_EQ(status_of(entry.path()).st_mode & 07777, mode);
    file.put_in_place();
    EXPECT_EQ(status_of(path).st_mode & 07777, mode);
  }
}

TEST(FreshFile, KeepsTheOwnerWhereItMay) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root gives files to others";
  const TemporaryDirectory directory;
  std::ofstream(directory / "file") << "old";
  ASSERT_EQ(::chown((directory / "file").c_str(), 12, 34), 0);
  write_file_atomically(directory / "file", "new");
  EXPECT_EQ(status_of(directory / "file").st_uid, 12U);
  EXPECT_EQ(status_of(directory / "file").st_gid, 34U);
}

TEST(FreshFile, OfALongNameAndWithoutOneThatCouldBe) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / std::string(255, 'x'), "long");
  EXPECT_EQ(read_file(directory / std::string(255, 'x')), "long");
  test::expect_error([&] { FreshFile(directory / std::string(256, 'x')); }, ErrorCode::io, {"too long"});
  test::expect_error([&] { FreshFile(directory.path()); }, ErrorCode::io, {"directory"});
  write_file_atomically(directory / "file", "");
  test::expect_error([&] { FreshFile(directory / "file" / "below"); }, ErrorCode::not_found, {"file/below"});
  EXPECT_EQ(directory.entries(), 2U);
}

TEST(FreshEntry, WhatAKilledProcessLeftIsRemovedByTheNext) {
  const TemporaryDirectory directory;
  const pid_t child = ::fork();
  if (child == 0) {
    const FreshFile file(directory / "file");
    const FreshDirectory entry(directory.path(), "file2");
    write_file_atomically(entry.path() / "part", "half");
    ::kill(::getpid(), SIGKILL);  // no destructor runs
  }
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  EXPECT_EQ(directory.entries(), 2U);
  const FreshFile other(directory / "other");
  EXPECT_EQ(directory.entries(), 3U) << "what is of another name";
  const FreshFile next(directory / "file");
  EXPECT_EQ(directory.entries(), 2U);
  // Those two are held.
  const FreshFile third(directory / "file");
  const FreshFile fourth(directory / "other");
  EXPECT_EQ(directory.entries(), 4U);
}

TEST(FreshEntry, LeavesAloneWhatOnlyLooksLikeIt) {
  const TemporaryDirectory directory;
  for (const char* name : {".file.tmp", ".file.backup.tmp", ".filed", "file.sbert-abcdefghij.tmp"})
    std::ofstream(directory / name) << "mine";
  fs::create_symlink("elsewhere", directory / ".file.sbert-abcdefghij.tmp");
  remove_abandoned(directory.path(), "file");
  EXPECT_EQ(directory.entries(), 5U);
}

TEST(ShareFile, PutsOneFileAtTwoPlaces) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "new", "new");
  write_file_atomically(directory / "place", "old");
  ASSERT_EQ(::chmod((directory / "place").c_str(), 0640), 0);
  share_file(directory / "new", directory / "place");
  share_file(directory / "new", directory / "below" / "place");
  EXPECT_EQ(read_file(directory / "place"), "new");
  EXPECT_EQ(status_of(directory / "place").st_mode & 07777, 0640U);
  EXPECT_EQ(read_file(directory / "below" / "place"), "new");
  EXPECT_EQ(read_file(directory / "new"), "new");
  EXPECT_EQ(directory.entries(), 3U);
}

TEST(RemoveWhole, LeavesNothing) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "x" / "y", "");
  remove_whole(directory / "x");
  EXPECT_EQ(directory.entries(), 0U);
}

}  // namespace
}  // namespace sbert
