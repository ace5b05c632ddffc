#include "base/directories.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/fresh_entry.h"
#include "support/errors.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;
using test::expect_error;
using test::TemporaryDirectory;

void write_ab(const fs::path& fresh) {
  write_file_atomically(fresh / "a", "new a");
  write_file_atomically(fresh / "below" / "b", "new b");
}

TEST(MakeDirectoryAtomically, CreatesItAndWhatIsAbove) {
  const TemporaryDirectory directory;
  make_directory_atomically(directory / "x" / "y" / "", write_ab);
  EXPECT_EQ(read_file(directory / "x" / "y" / "below" / "b"), "new b");
  EXPECT_EQ(std::distance(fs::directory_iterator(directory / "x"), {}), 1) << "only the directory itself";
}

TEST(MakeDirectoryAtomically, FollowsALinkToWhatIsNotThereYet) {
  const TemporaryDirectory directory;
  fs::create_directory_symlink("real", directory / "link");
  make_directory_atomically(directory / "link", write_ab);
  EXPECT_TRUE(fs::is_symlink(directory / "link"));
  EXPECT_EQ(read_file(directory / "real" / "a"), "new a");
  EXPECT_EQ(directory.entries(), 2U);
}

TEST(MakeDirectoryAtomically, AFailureLeavesNothing) {
  const TemporaryDirectory directory;
  const auto interrupted = [](const fs::path& fresh) {
    write_ab(fresh);
    throw std::runtime_error("interrupted");
  };
  EXPECT_THROW(make_directory_atomically(directory / "model", interrupted), std::runtime_error);
  // The file is named as if it had been written in place.
  const auto above_a_file = [](const fs::path& fresh) {
    write_ab(fresh);
    fs::create_directory(fresh / "a" / "c");
  };
  expect_error([&] { make_directory_atomically(directory / "model", above_a_file); }, ErrorCode::io,
               {(directory / "model" / "a" / "c").string() + ": cannot write"});
  EXPECT_EQ(directory.entries(), 0U);
}

TEST(MakeDirectoryAtomically, ReplacesNothing) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "file", "mine");
  expect_error([&] { make_directory_atomically(directory / "file", write_ab); }, ErrorCode::io, {"file"});
  // Also if it comes while the directory is filled.
  const auto overtaken = [&](const fs::path& fresh) {
    write_ab(fresh);
    write_file_atomically(directory / "model" / "theirs", "mine");
  };
  expect_error([&] { make_directory_atomically(directory / "model", overtaken); }, ErrorCode::io,
               {"model", "not empty"});
  EXPECT_EQ(read_file(directory / "file"), "mine");
  EXPECT_EQ(read_file(directory / "model" / "theirs"), "mine");
  EXPECT_EQ(directory.entries(), 2U);
}

TEST(FillDirectory, OffersWhatIsWholeAndRemovesWhatIsNotTaken) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "notes", "mine");
  fill_directory(directory.path(), write_ab,
                 [&](const fs::path& fresh) { share_file(fresh / "below" / "b", directory / "b"); });
  EXPECT_EQ(read_file(directory / "b"), "new b");
  EXPECT_EQ(directory.entries(), 2U);
}

TEST(FollowLinks, LeadsAlsoToWhatIsNotThere) {
  const TemporaryDirectory directory;
  const fs::path root = fs::canonical(directory.path());
  fs::create_symlink("two", directory / "one");
  fs::create_symlink("there/three", directory / "two");
  EXPECT_EQ(follow_links(directory / "one"), root / "there/three");
  EXPECT_EQ(follow_links(directory / "one" / ""), root / "there/three");
  fs::create_symlink("loop", directory / "loop");
  expect_error([&] { follow_links(directory / "loop"); }, ErrorCode::io, {"loop", "levels"});
}

TEST(LockedDirectory, IsOneProcessesAtATime) {
  const TemporaryDirectory directory;
  {
    const LockedDirectory first(directory / "x" / "y");
    // Another descriptor of this process is as another process.
    expect_error([&] { LockedDirectory(directory / "x" / "y"); }, ErrorCode::io, {"x/y", "another process"});
    EXPECT_TRUE(file_exists(directory / "x" / "y"));
  }
  EXPECT_EQ(directory.entries(), 0U) << "nothing was written into it";
  {
    const LockedDirectory again(directory / "x" / "y");
    write_file_atomically(directory / "x" / "y" / "a", "a");
  }
  EXPECT_TRUE(file_exists(directory / "x" / "y" / "a"));
  const LockedDirectory free(directory / "x" / "y");
}

}  // namespace
}  // namespace sbert
