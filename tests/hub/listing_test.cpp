#include "hub/listing.h"

#include <gtest/gtest.h>

#include "support/errors.h"

namespace sbert::hub {
namespace {

using test::expect_error;

const std::string kGit(40, 'a'), kSha(64, 'b');

std::vector<RepoFile> read_page(const Json& page) {
  std::vector<RepoFile> files;
  append_page(files, page, "hub");
  return files;
}

Json file(const std::string& path, const Json& size = 7, const std::string& oid = kGit) {
  return {{"type", "file"}, {"path", path}, {"size", size}, {"oid", oid}};
}

TEST(Listing, SmallAndLargeFiles) {
  Json large = file("a/model.safetensors", 134);
  large["lfs"] = {{"oid", kSha}, {"size", uint64_t{5} << 40}, {"pointerSize", 134}};
  const auto files = read_page({{{"type", "directory"}, {"path", "a"}, {"oid", kGit}, {"size", 0}}, file("b"), large});
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files[0].path, "b");
  EXPECT_EQ(files[0].hash(), kGit);
  EXPECT_EQ(files[1].hash(), kSha);
  EXPECT_EQ(files[1].size, uint64_t{5} << 40);
}

TEST(Listing, NamesStayInTheCache) {
  for (const char* path : {"../../../.bashrc", "/etc/passwd", "a/../../b", "", "a\\b", "a//b"}) {
    expect_error([&] { read_page(Json::array({file(path)})); }, ErrorCode::corrupt_data,
                 {"hub: ", "outside of the cache"});
  }
}

TEST(Listing, HashesAreNamesOfFilesAsWell) {
  for (const char* oid : {"../../x", "", "zz", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
    expect_error([&] { read_page(Json::array({file("a", 7, oid)})); }, ErrorCode::corrupt_data, {"hash"});
  }
  Json large = file("a");
  large["lfs"] = {{"oid", kGit}, {"size", 7}};
  expect_error([&] { read_page(Json::array({large})); }, ErrorCode::corrupt_data, {"hash"});
}

TEST(Listing, RefusesWhatIsNone) {
  for (const char* text :
       {R"({"error":"x"})", R"([1])", R"([{"type":"file"}])", R"([{"type":"file","path":1,"size":1,"oid":"a"}])"}) {
    expect_error([&] { read_page(Json::parse(text)); }, ErrorCode::corrupt_data, {"hub"});
  }
  expect_error([&] { read_page(Json::array({file("a", -1)})); }, ErrorCode::corrupt_data, {"-1"});
  expect_error([&] { read_page(Json::array({file("a", 1e30)})); }, ErrorCode::corrupt_data, {"size"});
  expect_error([&] { read_page(Json::array({file("a", "7")})); }, ErrorCode::corrupt_data, {"size"});
}

// As huggingface_hub 2.x writes it.
TEST(Tree, OfTheCache) {
  const auto files = parse_tree(Json::parse(R"({"format_version":1,"files":{
    "config.json":{"size":7,"blob_id":")" + kGit +
                                            R"("},
    "w.bin":{"size":134,"blob_id":")" + kGit +
                                            R"(","lfs_sha256":")" + kSha + R"(","lfs_size":900,"xet_hash":null}}})"),
                                "tree");
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files[1].hash(), kSha);
  EXPECT_EQ(files[1].size, 900u);
  expect_error([] { parse_tree(Json::parse(R"({"format_version":2,"files":{}})"), "tree"); }, ErrorCode::unsupported,
               {"version"});
}

}  // namespace
}  // namespace sbert::hub
