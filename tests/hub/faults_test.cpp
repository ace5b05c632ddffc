#include <filesystem>
#include <thread>

#include "download_fixture.h"
#include "hub/blob_download.h"

namespace sbert::hub {
namespace {

using test::expect_error;

/// Whatever goes wrong on the way: nothing that is not whole gets a name, and what arrived is not lost.
class FaultsTest : public test::DownloadTest {
 protected:
  /// Plans `fault` for the bytes of the large file.
  void plan_for_weights(Json fault) {
    fault["match"] = "storage GET /xet-bridge";
    server().plan(fault);
  }
  /// Range headers of the requests for the large file.
  std::vector<std::string> ranges() {
    std::vector<std::string> ranges;
    for (const Json& entry : server().log()) {
      if (entry["role"] == "storage") ranges.push_back(entry["headers"].value("range", ""));
    }
    return ranges;
  }
  void expect_no_reference() { EXPECT_EQ(cache().commit_of("main"), std::nullopt); }
};

TEST_F(FaultsTest, CutConnectionsGoOnWhereTheyBroke) {
  plan_for_weights({{"action", "cut"}, {"after", 100'000}});
  plan_for_weights({{"action", "cut"}, {"after", 50'000}});
  expect_whole(fetch());
  EXPECT_EQ(ranges(), (std::vector<std::string>{"", "bytes=100000-", "bytes=150000-"}));
}

TEST_F(FaultsTest, AnotherProcessGoesOnWhereThisOneGaveUp) {
  plan_for_weights({{"action", "cut"}, {"after", 100'000}});
  plan_for_weights({{"action", "drop"}, {"times", 6}});
  expect_error([&] { fetch(); }, ErrorCode::network, {"0.1 of 0.3 MB of model.safetensors are kept", "run it again"});
  expect_no_reference();
  server().reset();
  expect_whole(fetch());
  EXPECT_EQ(ranges(), std::vector<std::string>{"bytes=100000-"});
}

TEST_F(FaultsTest, AServerThatKnowsNoRangesSendsEverythingAgain) {
  plan_for_weights({{"action", "cut"}, {"after", 100'000}});
  plan_for_weights({{"action", "whole"}});
  expect_whole(fetch());
  EXPECT_EQ(ranges(), (std::vector<std::string>{"", "bytes=100000-"}));
}

TEST_F(FaultsTest, APartFromElsewhereIsNotTaken) {
  plan_for_weights({{"action", "cut"}, {"after", 1000}});
  plan_for_weights({{"action", "headers"}, {"headers", {{"Content-Range", "bytes 0-1/300000"}}}});
  expect_error([&] { fetch(); }, ErrorCode::network, {"bytes 0-1/300000"});
  expect_whole(fetch());
}

TEST_F(FaultsTest, WrongBytesGetNoName) {
  plan_for_weights({{"action", "corrupt"}});
  expect_error([&] { fetch(); }, ErrorCode::corrupt_data, {"model.safetensors", "hash", "try again"});
  expect_no_reference();
  for (const std::string& name : unfinished())
    EXPECT_LT(name.size(), 64u) << "of the small files something may have arrived; of the large one nothing is kept";
  expect_whole(fetch());
}

// Two servers that have different files under one name.
TEST_F(FaultsTest, PartsThatDoNotFitAreFetchedInOneGo) {
  plan_for_weights({{"action", "answer"}, {"status", 200}, {"body", "short"}});
  expect_whole(fetch());
  EXPECT_EQ(ranges(), (std::vector<std::string>{"", "bytes=5-", ""}));
}

TEST_F(FaultsTest, WrongBytesOfASmallFile) {
  server().plan({{"match", "resolve-cache/.*/[0-9a-f]{40}/config.json"}, {"action", "corrupt"}});
  expect_error([&] { fetch(); }, ErrorCode::corrupt_data, {"config.json", "hash"});
  expect_whole(fetch());
}

TEST_F(FaultsTest, AWrongBeginningFromAnEarlierTryIsReplaced) {
  Client client(settings());
  const Snapshot snapshot(client, repo_, "main");
  cache().create();
  test::write_files(settings().cache,
                    {{"models--acme--tiny/blobs/" + snapshot.find("model.safetensors")->hash() + ".incomplete",
                      std::string(1000, 'x')}});
  expect_whole(fetch());
  EXPECT_EQ(ranges(), (std::vector<std::string>{"bytes=1000-", ""}));
}

TEST_F(FaultsTest, MoreThanThereIs) {
  server().plan({{"match", "resolve-cache.*/1_Pooling/config.json"},
                 {"action", "answer"},
                 {"status", 200},
                 {"body", std::string(1000, 'x')}});
  expect_error([&] { fetch(); }, ErrorCode::corrupt_data, {"sends more than the 9 bytes"});
  expect_whole(fetch());
}

TEST_F(FaultsTest, BusyServersAreAskedAgain) {
  for (const int status : {500, 502, 503, 504, 408}) {
    server().plan({{"match", "/api/models"}, {"action", "answer"}, {"status", status}});
    server().plan({{"match", "/tree/"}, {"action", "answer"}, {"status", status}});
    server().plan({{"match", "xet-bridge"}, {"action", "answer"}, {"status", status}});
  }
  expect_whole(fetch());
}

TEST_F(FaultsTest, BusyForTooLong) {
  server().plan({{"match", "/tree/"}, {"action", "answer"}, {"status", 503}, {"times", 100}});
  expect_error([&] { fetch(); }, ErrorCode::network, {"HTTP 503", "try again later", "[request Root=1-test]"});
  EXPECT_EQ(count("/tree/"), 6u);
}

TEST_F(FaultsTest, LimitsSayHowLongToWait) {
  server().plan({{"match", "/tree/"}, {"action", "answer"}, {"status", 429}, {"headers", {{"Retry-After", "2"}}}});
  server().plan(
      {{"match", "/tree/"},
       {"action", "answer"},
       {"status", 429},
       {"headers", {{"ratelimit", "\"api\";r=0;t=30"}, {"ratelimit-policy", "\"fixed window\";\"api\";q=5;w=60"}}}});
  std::vector<std::string> notices;
  Client client(settings(), [&](const std::string& text) { notices.push_back(text); });
  const Snapshot snapshot(client, repo_, "main");
  ASSERT_EQ(notices.size(), 2u);
  EXPECT_NE(notices[0].find("pause of 3 s"), std::string::npos) << notices[0];
  EXPECT_NE(notices[1].find("pause of 31 s"), std::string::npos) << notices[1];
}

TEST_F(FaultsTest, AnHourIsNotWaited) {
  server().plan({{"match", "/tree/"}, {"action", "answer"}, {"status", 429}, {"headers", {{"Retry-After", "3600"}}}});
  expect_error([&] { fetch(); }, ErrorCode::network, {"too many requests", "sbert login"});
}

TEST_F(FaultsTest, SilentServers) {
  Settings impatient = settings();
  impatient.silence_timeout = std::chrono::seconds(1);
  plan_for_weights({{"action", "slow"}, {"piece", 200'000}, {"pause", 5}});
  server().plan({{"match", "/tree/"}, {"action", "none"}, {"wait", 5}});
  expect_whole(fetch(impatient));
  EXPECT_EQ(ranges().back(), "bytes=200000-");
}

TEST_F(FaultsTest, NobodyThere) {
  Settings dead = settings();
  dead.endpoint = "http://127.0.0.1:9";
  expect_error([&] { fetch(dead); }, ErrorCode::network, {"127.0.0.1", "HF_ENDPOINT"});
}

TEST_F(FaultsTest, OfflineNothingIsAsked) {
  Settings offline = settings();
  offline.offline = true;
  expect_error([&] { fetch(offline); }, ErrorCode::network, {"HF_HUB_OFFLINE", "acme/tiny"});
  EXPECT_EQ(server().requests(), std::vector<std::string>());
}

TEST_F(FaultsTest, AnswersThatAreNoHub) {
  for (const char* body : {"<html>captive portal</html>", "[]", "{\"sha\":\"../../x\"}", "{\"sha\":7}", "{}"}) {
    server().plan({{"match", "/revision/"}, {"action", "answer"}, {"status", 200}, {"body", body}});
    expect_error([&] { fetch(); }, ErrorCode::corrupt_data, {"/api/models/acme/tiny"});
  }
}

TEST_F(FaultsTest, HostileListingsWriteNothing) {
  const std::string hash(40, 'a');
  server().plan({{"match", "/tree/"},
                 {"action", "answer"},
                 {"status", 200},
                 {"body", "[{\"type\":\"file\",\"path\":\"../../../../evil\",\"size\":1,\"oid\":\"" + hash + "\"}]"}});
  expect_error([&] { fetch(); }, ErrorCode::corrupt_data, {"../../../../evil"});
  EXPECT_EQ(cache_.entries(), 0u);
}

TEST_F(FaultsTest, SizesThatNoDiskHas) {
  const std::string hash(40, 'a');
  server().plan(
      {{"match", "/tree/"},
       {"action", "answer"},
       {"status", 200},
       {"body", "[{\"type\":\"file\",\"path\":\"a\",\"size\":9000000000000000000,\"oid\":\"" + hash + "\"}]"}});
  expect_error([&] { fetch(); }, ErrorCode::io, {"MiB are free", "HF_HOME"});
}

TEST_F(FaultsTest, RedirectsWithoutEnd) {
  server().plan({{"match", "/config.json"},
                 {"action", "answer"},
                 {"status", 302},
                 {"times", 100},
                 {"headers", {{"Location", "/acme/tiny/resolve/main/config.json"}}}});
  expect_error([&] { fetch(); }, ErrorCode::network, {"redirects without end"});
}

TEST_F(FaultsTest, RedirectsToFilesOfThisMachine) {
  server().plan({{"match", "/config.json"},
                 {"action", "answer"},
                 {"status", 302},
                 {"headers", {{"Location", "file:///etc/passwd"}}}});
  expect_error([&] { fetch(); }, ErrorCode::corrupt_data, {"/etc/passwd"});
}

TEST_F(FaultsTest, ManyProcessesAtOnceFetchEverythingOnce) {
  plan_for_weights({{"action", "slow"}, {"piece", 30'000}, {"pause", 0.02}});
  std::vector<std::jthread> others;
  for (int i = 0; i < 4; ++i)
    others.emplace_back([&] { EXPECT_NO_THROW(fetch()); });
  others.clear();
  expect_whole(fetch());
  EXPECT_EQ(count("storage GET"), 1u);
}

}  // namespace
}  // namespace sbert::hub
