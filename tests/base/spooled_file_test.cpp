#include "base/spooled_file.h"

#include <string>
#include <sys/mount.h>

#include <gtest/gtest.h>

#include "support/errors.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

using test::TemporaryDirectory;

void append(SpooledFile& file, const std::string& text) {
  file.append(std::as_bytes(std::span(text)));
}

std::string read(const SpooledFile& file, uint64_t offset, size_t size) {
  std::string text(size, '?');
  file.read(offset, std::as_writable_bytes(std::span(text)));
  return text;
}

TEST(SpooledFile, GivesBackWhatWasWrittenWhereverItIs) {
  const TemporaryDirectory directory;
  for (const size_t in_memory : {size_t{0}, size_t{1'500'000}, SpooledFile::kInMemory}) {
    SpooledFile file(directory.path(), in_memory);
    std::string all;
    for (int i = 0; i < 300'000; ++i) {
      const std::string piece = "piece " + std::to_string(i) + ";";
      append(file, piece);
      all += piece;
    }
    ASSERT_EQ(file.size(), all.size());
    EXPECT_LE(file.bytes_in_memory(), std::max(in_memory, size_t{1} << 20) * 2 + 1000);
    EXPECT_EQ(read(file, 0, all.size()), all) << in_memory;
    for (size_t offset = 0; offset < all.size(); offset += 99'991) {
      const size_t size = std::min<size_t>(150'000, all.size() - offset);
      ASSERT_EQ(read(file, offset, size), all.substr(offset, size)) << offset;
    }
    EXPECT_EQ(directory.entries(), 0U) << "the file has no name";
  }
}

TEST(SpooledFile, NamesTheDirectoryThatDoesNotTakeIt) {
  SpooledFile file("/nonexistent", 3);
  append(file, "123");
  test::expect_error([&] { append(file, "4"); }, ErrorCode::io, {"/nonexistent", "temporary file", "No such file"});
}

TEST(SpooledFile, AFullDiskIsAnError) {
  const TemporaryDirectory directory;
  if (::mount("none", directory.path().c_str(), "tmpfs", 0, "size=100k") != 0) GTEST_SKIP() << "may not mount a tmpfs";
  {
    SpooledFile file(directory.path(), 0);
    const std::string half(size_t{1} << 19, 'x');
    test::expect_error(
        [&] {
          for (int i = 0; i < 4; ++i)
            append(file, half);
        },
        ErrorCode::io, {directory.path().string(), "No space left", "TMPDIR"});
  }
  ::umount(directory.path().c_str());
}

}  // namespace
}  // namespace sbert
