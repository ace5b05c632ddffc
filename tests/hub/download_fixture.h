#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/files.h"
#include "hub/snapshot.h"
#include "hub_server.h"
#include "support/errors.h"
#include "support/temporary_directory.h"

namespace sbert::test {

/// A Hub with acme/tiny, which has a small file, one in a directory and a large one, and an empty cache.
class DownloadTest : public testing::Test {
 protected:
  void SetUp() override {
    for (size_t i = 0; i < 300'000; ++i)
      weights_ += static_cast<char>(i * 2654435761u >> 13);
    write_files(source_.path(), {{"config.json", "{}\n"},
                                 {"1_Pooling/config.json", "{\"a\": 1}\n"},
                                 {"model.safetensors", weights_},
                                 {"empty.txt", ""}});
    start({"--repo", "model:acme/tiny=" + source_.path().string()});
  }
  /// The server saw nothing that another one would refuse.
  void TearDown() override { EXPECT_EQ(server().violations(), std::vector<std::string>()); }

  void start(const std::vector<std::string>& arguments) { server_ = std::make_unique<HubServer>(arguments); }
  HubServer& server() { return *server_; }
  hub::Settings settings(const std::string& token = "") { return server().settings(cache_.path() / "hub", token); }
  hub::RepoCache cache() { return {settings(), repo_}; }

  /// Everything of a revision; returns its directory.
  std::filesystem::path fetch(const hub::Settings& settings, const std::string& revision = "main") {
    hub::Client client(settings);
    hub::Snapshot snapshot(client, repo_, revision);
    snapshot.fetch(snapshot.files());
    snapshot.remember();
    return snapshot.directory();
  }
  std::filesystem::path fetch() { return fetch(settings()); }

  void expect_whole(const std::filesystem::path& directory) {
    EXPECT_EQ(read_file(directory / "config.json"), "{}\n");
    EXPECT_EQ(read_file(directory / "1_Pooling/config.json"), "{\"a\": 1}\n");
    EXPECT_EQ(read_file(directory / "empty.txt"), "");
    EXPECT_TRUE(read_file(directory / "model.safetensors") == weights_);
    EXPECT_EQ(unfinished(), std::vector<std::string>());
  }
  /// Files in the cache that are not whole.
  std::vector<std::string> unfinished() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(cache_.path())) {
      const std::string name = entry.path().filename().string();
      if (name.ends_with(".incomplete") || name.ends_with(".tmp")) names.push_back(name);
    }
    return names;
  }
  /// Requests with this text in their line.
  size_t count(const std::string& part) {
    const auto lines = server().requests();
    return static_cast<size_t>(std::count_if(
        lines.begin(), lines.end(), [&](const std::string& line) { return line.find(part) != std::string::npos; }));
  }

  const hub::RepoId repo_{.name = "acme/tiny"};
  std::string weights_;
  TemporaryDirectory source_, cache_;
  std::unique_ptr<HubServer> server_;
};

}  // namespace sbert::test
