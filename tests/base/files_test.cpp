#include "base/files.h"

#include <algorithm>
#include <fstream>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "support/errors.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;
using test::expect_error;
using test::TemporaryDirectory;

TEST(ReadFile, GivesEveryByte) {
  const TemporaryDirectory directory;
  std::string bytes;
  for (int i = 0; i < 200'000; ++i)
    bytes += static_cast<char>(i * 7);
  write_file_atomically(directory / "bytes", bytes);
  EXPECT_EQ(read_file(directory / "bytes"), bytes);
  EXPECT_EQ(read_file(directory / "bytes", bytes.size()), bytes);
  EXPECT_FALSE(read_file("/proc/self/status").empty()) << "a file whose size the system does not know";
}

TEST(ReadFile, NamesWhatItCannotRead) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "four", "1234");
  expect_error([&] { read_file(directory / "none"); }, ErrorCode::not_found, {"none", "No such file"});
  expect_error([&] { read_file(directory / "four" / "x"); }, ErrorCode::not_found, {"four/x"});
  expect_error([&] { read_file(directory.path()); }, ErrorCode::io, {directory.path().string(), "directory"});
  expect_error([&] { read_file(directory / "four", 3); }, ErrorCode::corrupt_data, {"four", "3 bytes"});
  expect_error([&] { read_file(directory / std::string(5000, 'x')); }, ErrorCode::io, {"too long"});
}

TEST(ReadRegularFile, RefusesWhatMayNeverEndAndWhatGitLfsLeaves) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "file", "1234");
  EXPECT_EQ(read_regular_file(directory / "file"), "1234");
  ASSERT_EQ(::mkfifo((directory / "pipe").c_str(), 0600), 0);
  expect_error([&] { read_regular_file(directory / "pipe"); }, ErrorCode::corrupt_data, {"is a pipe"});
  expect_error([&] { MappedFile::open(directory / "pipe"); }, ErrorCode::corrupt_data, {"is a pipe"});
  expect_error([&] { read_regular_file("/dev/zero"); }, ErrorCode::corrupt_data, {"/dev/zero", "is a device"});
  expect_error([&] { read_regular_file(directory.path()); }, ErrorCode::io, {"directory"});
  write_file_atomically(directory / "pointer", "version https://git-lfs.github.com/spec/v1\n");
  expect_error([&] { read_regular_file(directory / "pointer"); }, ErrorCode::corrupt_data, {"pointer", "git lfs pull"});
}

TEST(IsThere, AlsoWhatCannotBeFollowed) {
  const TemporaryDirectory directory;
  fs::create_symlink("loop", directory / "loop");
  fs::create_symlink("none", directory / "dangling");
  for (const char* name : {"", "loop", "dangling", "loop/below"})
    EXPECT_TRUE(is_there(directory / name)) << name;
  write_file_atomically(directory / "file", "");
  EXPECT_FALSE(is_there(directory / "none"));
  EXPECT_FALSE(is_there(directory / "file" / "below"));
}

TEST(FileExists, NeverThrows) {
  const TemporaryDirectory directory;
  EXPECT_TRUE(file_exists(directory.path()));
  EXPECT_FALSE(file_exists(directory / "none"));
  EXPECT_FALSE(file_exists(directory / std::string(5000, 'x')));
}

TEST(MappedFile, ShowsTheBytesAlsoAfterReleasingThem) {
  const TemporaryDirectory directory;
  const std::string bytes(100'000, 'm');
  write_file_atomically(directory / "file", bytes);
  const auto file = MappedFile::open(directory / "file");
  const auto text = [&] { return std::string(reinterpret_cast<const char*>(file->bytes().data()), bytes.size()); };
  ASSERT_EQ(file->bytes().size(), bytes.size());
  EXPECT_EQ(text(), bytes);
  file->release(file->bytes().subspan(10, 50'000));
  EXPECT_EQ(text(), bytes);
}

TEST(MappedFile, KnowsItsOwnBytes) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "file", "abcdef");
  const auto file = MappedFile::open(directory / "file");
  const auto bytes = file->bytes();
  EXPECT_TRUE(file->holds(bytes));
  EXPECT_TRUE(file->holds(bytes.subspan(2, 3)));
  EXPECT_FALSE(file->holds({bytes.data() + 4, 3}));
  EXPECT_FALSE(file->holds(std::as_bytes(std::span("abcdef"))));
}

TEST(MappedFile, LeavesOtherBytesAlone) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "file", std::string(100'000, 'x'));
  const auto file = MappedFile::open(directory / "file");
  const std::vector<std::byte> other(1'000'000, std::byte{7});
  file->release(other);
  EXPECT_EQ(std::count(other.begin(), other.end(), std::byte{7}), 1'000'000);
}

TEST(MappedFile, EmptyAndMissing) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "empty", "");
  EXPECT_TRUE(MappedFile::open(directory / "empty")->bytes().empty());
  expect_error([&] { MappedFile::open(directory / "none"); }, ErrorCode::not_found, {"none"});
  expect_error([&] { MappedFile::open(directory.path()); }, ErrorCode::io, {"directory"});
}

TEST(WriteFileAtomically, ReplacesAndCreatesDirectories) {
  const TemporaryDirectory directory;
  const fs::path path = directory / "a" / "b" / "file";
  write_file_atomically(path, "old");
  write_file_atomically(path, "new");
  EXPECT_EQ(read_file(path), "new");
  EXPECT_EQ(std::distance(fs::directory_iterator(path.parent_path()), {}), 1) << "only the file itself";
}

TEST(WriteFileAtomically, AFailureLeavesTheOldFileAndNothingElse) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "file", "old");
  EXPECT_THROW(write_file_atomically(directory / "file",
                                     [](std::ostream& stream) {
                                       stream << "half";
                                       throw std::runtime_error("interrupted");
                                     }),
               std::runtime_error);
  expect_error(
      [&] {
        write_file_atomically(directory / "file", [](std::ostream& stream) { stream.setstate(std::ios::badbit); });
      },
      ErrorCode::io, {"file", "cannot write"});
  EXPECT_EQ(read_file(directory / "file"), "old");
  EXPECT_EQ(directory.entries(), 1U);
}

TEST(WriteFileAtomically, NamesWhatItCannotWrite) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "file", "x");
  fs::create_directory(directory / "directory");
  expect_error([&] { write_file_atomically(directory / "directory", "x"); }, ErrorCode::io, {"directory"});
  expect_error([&] { write_file_atomically(directory / "file" / "below", "x"); }, ErrorCode::not_found, {"below"});
  expect_error([&] { write_file_atomically("/proc/nothing/below", "x"); }, ErrorCode::not_found, {"/proc/nothing"});
  EXPECT_EQ(directory.entries(), 2U);
}

TEST(WriteFileAtomically, AFullDiskLeavesTheOldFile) {
  const TemporaryDirectory directory;
  if (::mount("tmpfs", directory.path().c_str(), "tmpfs", 0, "size=64k") != 0) {
    GTEST_SKIP() << "a small disk to fill needs the right to mount one";
  }
  write_file_atomically(directory / "file", "old");
  expect_error([&] { write_file_atomically(directory / "file", std::string(1 << 20, 'x')); }, ErrorCode::io,
               {"file", "No space left"});
  EXPECT_EQ(read_file(directory / "file"), "old");
  EXPECT_EQ(directory.entries(), 1U);
  ::umount(directory.path().c_str());
}

}  // namespace
}  // namespace sbert
