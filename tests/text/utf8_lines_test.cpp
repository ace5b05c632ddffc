#include "text/utf8_lines.h"

#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <unistd.h>
#include <vector>

#include "data/expect_error.h"
#include "data/temporary_file.h"

namespace sbert::text {
namespace {

using test::expect_error;

class Utf8LinesTest : public testing::Test {
 protected:
  static std::vector<std::string> lines(const std::filesystem::path& path) {
    Utf8Lines reader(path);
    std::vector<std::string> result;
    std::string line;
    while (reader.next(line))
      result.push_back(line);
    EXPECT_EQ(reader.line_number(), result.size());
    return result;
  }

  using Lines = std::vector<std::string>;
  test::TemporaryDirectory directory_;
};

TEST_F(Utf8LinesTest, TheLastLineNeedsNoLineEnd) {
  EXPECT_EQ(lines(directory_.file("a.txt", "one\ntwo")), (Lines{"one", "two"}));
  EXPECT_EQ(lines(directory_.file("b.txt", "one\ntwo\n")), (Lines{"one", "two"}));
}

TEST_F(Utf8LinesTest, EmptyLinesAreLines) {
  EXPECT_EQ(lines(directory_.file("a.txt", "\n\nx\n\n")), (Lines{"", "", "x", ""}));
}

TEST_F(Utf8LinesTest, AnEmptyFileHasNoLines) {
  EXPECT_TRUE(lines(directory_.file("a.txt", "")).empty());
}

TEST_F(Utf8LinesTest, AByteOrderMarkIsSkipped) {
  EXPECT_EQ(lines(directory_.file("a.txt", "\xef\xbb\xbfone\n")), (Lines{"one"}));
}

TEST_F(Utf8LinesTest, GzipIsReadAsItIs) {
  EXPECT_EQ(lines(directory_.file("a.txt.gz", "one\ntwo\n")), (Lines{"one", "two"}));
}

TEST_F(Utf8LinesTest, LinesLongerThanTheBuffer) {
  const std::string longer(300000, 'x'), longest(1000000, 'y');
  EXPECT_EQ(lines(directory_.file("a.txt.gz", longer + "\n" + longest + "\nz")), (Lines{longer, longest, "z"}));
}

TEST_F(Utf8LinesTest, DashIsStandardInput) {
  const int saved = dup(STDIN_FILENO);
  const int file = open(directory_.file("a.txt", "from\nstdin").c_str(), O_RDONLY);
  dup2(file, STDIN_FILENO);
  EXPECT_EQ(lines("-"), (Lines{"from", "stdin"}));
  dup2(saved, STDIN_FILENO);
  close(file);
  close(saved);
}

TEST_F(Utf8LinesTest, InvalidUtf8NamesLineAndByte) {
  const auto path = directory_.file("a.txt",
                                    "good\nba\xff"
                                    "d\n");
  expect_error(ErrorCode::corrupt_data, "a.txt: line 2: invalid UTF-8 at byte 3", [&] { lines(path); });
}

TEST_F(Utf8LinesTest, OverlongAndSurrogateEncodingsAreInvalid) {
  for (const char* bytes : {"\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"}) {
    expect_error(ErrorCode::corrupt_data, "invalid UTF-8", [&] { lines(directory_.file("a.txt", bytes)); });
  }
}

TEST_F(Utf8LinesTest, ATruncatedGzipFileIsDamaged) {
  std::string noise;
  for (uint32_t i = 0, x = 1; i < 200000; ++i) {
    x = x * 1664525u + 1013904223u;
    noise.push_back(static_cast<char>('a' + (x >> 24) % 26));
  }
  const auto path = directory_.file("a.txt.gz", noise);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  expect_error(ErrorCode::corrupt_data, "damaged or cut off", [&] { lines(path); });
}

TEST_F(Utf8LinesTest, AFileThatIsOnlyCalledGzip) {
  directory_.file("a.txt", "plain text");
  std::filesystem::rename(directory_.path() / "a.txt", directory_.path() / "a.txt.gz");
  expect_error(ErrorCode::corrupt_data, "a.txt.gz: is no gzip file, as its name says",
               [&] { lines(directory_.path() / "a.txt.gz"); });
}

TEST_F(Utf8LinesTest, Utf16IsNamed) {
  expect_error(ErrorCode::corrupt_data, "a.txt: is UTF-16; convert it to UTF-8", [&] {
    lines(directory_.file("a.txt",
                          "\xff\xfe"
                          "ab"));
  });
}

TEST_F(Utf8LinesTest, AMissingFileIsNotFound) {
  expect_error(ErrorCode::not_found, "absent.txt: cannot be read: No such file",
               [&] { lines(directory_.path() / "absent.txt"); });
}

TEST_F(Utf8LinesTest, ADirectoryIsNoFile) {
  expect_error(ErrorCode::invalid_argument, "is a directory", [&] { lines(directory_.path()); });
}

}  // namespace
}  // namespace sbert::text
