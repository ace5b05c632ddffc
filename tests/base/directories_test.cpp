#include "base/directories.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "base/files.h"
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

TEST(WriteDirectoryAtomically, CreatesItAndWhatIsAbove) {
  const TemporaryDirectory directory;
  write_directory_atomically(directory / "x" / "y" / "", write_ab);
  EXPECT_EQ(read_file(directory / "x" / "y" / "below" / "b"), "new b");
  EXPECT_EQ(std::distance(fs::directory_iterator(directory / "x"), {}), 1) << "only the directory itself";
}

TEST(WriteDirectoryAtomically, ReplacesWhatItWritesAndKeepsTheRest) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "model" / "a", "old a");
  write_file_atomically(directory / "model" / "notes", "mine");
  write_directory_atomically(directory / "model", write_ab);
  EXPECT_EQ(read_file(directory / "model" / "a"), "new a");
  EXPECT_EQ(read_file(directory / "model" / "notes"), "mine");
  EXPECT_EQ(directory.entries(), 1U);
}

TEST(WriteDirectoryAtomically, FollowsALink) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "real" / "a", "old a");
  fs::create_directory_symlink(directory / "real", directory / "link");
  write_directory_atomically(directory / "link", write_ab);
  EXPECT_TRUE(fs::is_symlink(directory / "link"));
  EXPECT_EQ(read_file(directory / "real" / "a"), "new a");
  EXPECT_EQ(directory.entries(), 2U);
}

TEST(WriteDirectoryAtomically, AFailureLeavesTheOldOneAndNothingElse) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "model" / "a", "old a");
  const auto interrupted = [](const fs::path& fresh) {
    write_ab(fresh);
    throw std::runtime_error("interrupted");
  };
  EXPECT_THROW(write_directory_atomically(directory / "model", interrupted), std::runtime_error);
  // The file is named as if it had been written in place.
  const auto above_a_file = [](const fs::path& fresh) {
    write_ab(fresh);
    fs::create_directory(fresh / "a" / "c");
  };
  expect_error([&] { write_directory_atomically(directory / "model", above_a_file); }, ErrorCode::io,
               {(directory / "model" / "a" / "c").string() + ": cannot write"});
  EXPECT_EQ(read_file(directory / "model" / "a"), "old a");
  EXPECT_FALSE(file_exists(directory / "model" / "below"));
  EXPECT_EQ(directory.entries(), 1U);
}

TEST(WriteDirectoryAtomically, DoesNotReplaceAFile) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "file", "mine");
  expect_error([&] { write_directory_atomically(directory / "file", write_ab); }, ErrorCode::io, {"file"});
  EXPECT_EQ(read_file(directory / "file"), "mine");
  EXPECT_EQ(directory.entries(), 1U);
}

}  // namespace
}  // namespace sbert
