#include "hub/snapshot.h"

#include <filesystem>

#include "download_fixture.h"

namespace sbert::hub {
namespace {

namespace fs = std::filesystem;

class SnapshotTest : public test::DownloadTest {};

TEST_F(SnapshotTest, LiesInTheCacheAsPythonKeepsIt) {
  const fs::path directory = fetch();
  expect_whole(directory);
  const std::string commit = directory.filename().string();
  EXPECT_EQ(read_file(settings().cache / "models--acme--tiny/refs/main"), commit) << "without a line end";
  EXPECT_EQ(fs::read_symlink(directory / "config.json"),
            "../../blobs/0967ef424bce6791893e9a57bb952f80fd536e93");  // git hash-object
  EXPECT_EQ(fs::read_symlink(directory / "1_Pooling/config.json").string().substr(0, 15), "../../../blobs/");
  EXPECT_EQ(fs::read_symlink(directory / "model.safetensors").filename().string().size(), 64u);
  EXPECT_TRUE(fs::exists(settings().cache / "CACHEDIR.TAG"));
  EXPECT_TRUE(fs::exists(settings().cache / "models--acme--tiny/trees" / (commit + ".json")));
  EXPECT_TRUE(fs::is_directory(settings().cache / ".locks/models--acme--tiny"));
}

TEST_F(SnapshotTest, IsFoundWithoutAsking) {
  const fs::path directory = fetch();
  server().reset();
  EXPECT_EQ(cache().find_snapshot("main"), directory);
  EXPECT_EQ(cache().find_snapshot(directory.filename().string()), directory);
  EXPECT_EQ(cache().find_snapshot("v1"), std::nullopt);
  EXPECT_EQ(cache().find_snapshot("../refs/main"), std::nullopt);
  EXPECT_EQ(fetch(settings(), directory.filename().string()), directory);
  EXPECT_EQ(server().requests(), std::vector<std::string>()) << "a commit never changes";
}

TEST_F(SnapshotTest, AsksAgainOnlyWhatTheRevisionIs) {
  fetch();
  server().reset();
  fetch();
  EXPECT_EQ(server().requests(), std::vector<std::string>{"hub GET /api/models/acme/tiny/revision/main"});
}

TEST_F(SnapshotTest, RemembersThatAFileIsNotThere) {
  Client client(settings());
  const Snapshot snapshot(client, repo_, "main");
  EXPECT_NE(snapshot.find("config.json"), nullptr);
  EXPECT_EQ(snapshot.find("adapter/adapter_config.json"), nullptr);
  EXPECT_TRUE(fs::exists(cache().missing(snapshot.commit(), "adapter/adapter_config.json")));
}

TEST_F(SnapshotTest, RevisionsWithSlashes) {
  start({"--repo", "model:acme/tiny=" + source_.path().string() + ",branch=refs/pr/1,branch=v1.0"});
  expect_whole(fetch(settings(), "refs/pr/1"));
  EXPECT_TRUE(fs::exists(settings().cache / "models--acme--tiny/refs/refs/pr/1"));
  expect_whole(fetch(settings(), "v1.0"));
}

TEST_F(SnapshotTest, ListingsOfManyPages) {
  start({"--repo", "model:acme/tiny=" + source_.path().string(), "--page-size", "1"});
  expect_whole(fetch());
  EXPECT_EQ(count("/tree/"), 6u);  // with the directory and .gitattributes
}

TEST_F(SnapshotTest, WhereTheFileSystemHasNoLinks) {
  Settings without = settings();
  without.symlinks = false;
  const fs::path directory = fetch(without);
  expect_whole(directory);
  EXPECT_FALSE(fs::is_symlink(directory / "config.json"));
}

// huggingface_hub 2.x shares contents of several repositories: a content may be a link itself.
TEST_F(SnapshotTest, ContentsMayBeLinks) {
  const fs::path directory = fetch();
  const fs::path blob = cache().blob(fs::read_symlink(directory / "model.safetensors").filename().string());
  const fs::path elsewhere = settings().cache / "shared";
  fs::rename(blob, elsewhere);
  fs::create_symlink(elsewhere, blob);
  fs::remove_all(directory);
  server().reset();
  expect_whole(fetch());
  EXPECT_EQ(count("safetensors"), 0u);
}

TEST_F(SnapshotTest, TellsHowFarItIs) {
  Client client(settings());
  Snapshot snapshot(client, repo_, "main");
  uint64_t total = 0, done = 0;
  snapshot.fetch(snapshot.files(), [&](const Progress& progress) {
    EXPECT_EQ(progress.stage, "download");
    total = progress.total;
    done = progress.done;
  });
  EXPECT_EQ(done, total);
  EXPECT_GT(total, weights_.size());
}

TEST_F(SnapshotTest, StopsWhenTheCallerThrows) {
  server().plan({{"match", "xet-bridge"}, {"action", "slow"}, {"piece", 1000}, {"pause", 0.05}});
  Client client(settings());
  Snapshot snapshot(client, repo_, "main");
  const auto stop = [](const Progress&) { throw Error(ErrorCode::cancelled, "enough"); };
  test::expect_error([&] { snapshot.fetch(snapshot.files(), stop); }, ErrorCode::cancelled, {"enough"});
  expect_whole(fetch());
}

TEST_F(SnapshotTest, RenamedRepositories) {
  start({"--repo", "model:acme/new=" + source_.path().string() + ",was=acme/tiny"});
  expect_whole(fetch());
}

TEST_F(SnapshotTest, DataSetsHaveTheirOwnAddresses) {
  start({"--repo", "dataset:acme/rows=" + source_.path().string()});
  Client client(settings());
  Snapshot snapshot(client, {RepoKind::dataset, "acme/rows"}, "main");
  snapshot.fetch(snapshot.files());
  expect_whole(snapshot.directory());
  EXPECT_EQ(snapshot.directory().parent_path().parent_path().filename(), "datasets--acme--rows");
}

TEST_F(SnapshotTest, ARevisionIsNoPath) {
  Client client(settings());
  test::expect_error([&] { Snapshot(client, repo_, "../../x"); }, ErrorCode::invalid_argument, {"../../x"});
}

}  // namespace
}  // namespace sbert::hub
