#include "model/zip_archive.h"

#include <string_view>

#include <gtest/gtest.h>

#include "support/errors.h"

namespace sbert {
namespace {

using namespace std::string_literals;

template <class Integer>
std::string raw(Integer value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

/// What an archive of one entry "a" with the bytes "12345" says; a test says something else.
struct Archive {
  uint16_t method = 0, flags = 0, entries = 1;
  uint32_t size = 5, compressed = 5, header = 0;
  std::string extra{}, name = "a", comment{};
  bool zip64 = false;

  std::string bytes() const {
    const std::string local =
        "PK\3\4"s + std::string(22, '\0') + raw<uint16_t>(1) + raw<uint16_t>(3) + "axyz" + "12345";
    const std::string directory = "PK\1\2"s + std::string(4, '\0') + raw(flags) + raw(method) + std::string(8, '\0') +
                                  raw(compressed) + raw(size) + raw(static_cast<uint16_t>(name.size())) +
                                  raw(static_cast<uint16_t>(extra.size())) + std::string(10, '\0') + raw(header) +
                                  name + extra;
    std::string whole;
    for (int i = 0; i < std::max<int>(entries, 1); ++i)
      whole += directory;
    const uint64_t at = local.size();
    const std::string zip64_end = "PK\6\6"s + std::string(28, '\0') + raw(uint64_t{entries}) +
                                  raw(uint64_t{whole.size()}) + raw(at) + "PK\6\7" + std::string(4, '\0') +
                                  raw(at + whole.size()) + raw(uint32_t{1});
    const auto elsewhere = [&](uint64_t value) { return raw(zip64 ? ~uint32_t{0} : static_cast<uint32_t>(value)); };
    return local + whole + (zip64 ? zip64_end : "") + "PK\5\6" + std::string(6, '\0') +
           raw<uint16_t>(zip64 ? 0xffff : entries) + elsewhere(whole.size()) + elsewhere(at) +
           raw(static_cast<uint16_t>(comment.size())) + comment;
  }
};

std::string contents(const std::string& bytes) {
  const auto entries = read_zip_archive(std::as_bytes(std::span(bytes)), "a.zip");
  const auto& entry = entries.at("a");
  return {reinterpret_cast<const char*>(entry.data()), entry.size()};
}

void expect_refused(const std::string& bytes, const std::string& part, ErrorCode code = ErrorCode::corrupt_data) {
  test::expect_error([&] { contents(bytes); }, code, {"a.zip", part});
}

TEST(ZipArchive, Entries) {
  EXPECT_EQ(contents(Archive().bytes()), "12345");
  EXPECT_EQ(contents(Archive{.comment = "made by hand, PK\5\6"}.bytes()), "12345");
  EXPECT_EQ(contents(Archive{.zip64 = true}.bytes()), "12345");
}

TEST(ZipArchive, Zip64Entries) {
  const std::string other = raw<uint16_t>(0x5455) + raw<uint16_t>(1) + "x";
  const std::string extra =
      other + raw<uint16_t>(1) + raw<uint16_t>(24) + raw(uint64_t{4}) + raw(uint64_t{4}) + raw(uint64_t{0});
  constexpr uint32_t kElsewhere = 0xffffffff;
  const Archive archive{
      .size = kElsewhere, .compressed = kElsewhere, .header = kElsewhere, .extra = extra, .zip64 = true};
  EXPECT_EQ(contents(archive.bytes()), "1234");
  Archive huge = archive;
  huge.extra = raw<uint16_t>(1) + raw<uint16_t>(24) + raw(~uint64_t{0}) + raw(~uint64_t{0}) + raw(uint64_t{0});
  expect_refused(huge.bytes(), "truncated");
  huge.extra = raw<uint16_t>(1) + raw<uint16_t>(24) + raw(uint64_t{4}) + raw(uint64_t{4}) + raw(~uint64_t{0});
  expect_refused(huge.bytes(), "points to byte");
  huge.extra = raw<uint16_t>(1) + raw<uint16_t>(8) + raw(uint64_t{4});
  expect_refused(huge.bytes(), "truncated");
}

TEST(ZipArchive, Damaged) {
  expect_refused("", "no zip directory");
  expect_refused("PK\3\4", "no zip directory");
  expect_refused(Archive{.size = 500, .compressed = 500}.bytes(), "truncated");
  expect_refused(Archive{.header = 1}.bytes(), "not where");
  expect_refused(Archive{.header = 5000}.bytes(), "points to byte 5000");
  expect_refused(Archive{.entries = 2}.bytes(), "twice");
  expect_refused(Archive{.method = 8, .compressed = 3}.bytes(), "compressed", ErrorCode::unsupported);
  expect_refused(Archive{.flags = 1}.bytes(), "encrypted", ErrorCode::unsupported);
  std::string bytes = Archive{.zip64 = true}.bytes();
  bytes.replace(bytes.find("PK\6\6"), 4, "PK\6\5");
  expect_refused(bytes, "damaged");
}

}  // namespace
}  // namespace sbert
