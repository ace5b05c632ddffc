#include "hub/push.h"

#include <fstream>

#include "download_fixture.h"
#include "hub/hashes.h"

namespace sbert::hub {
namespace {

using test::expect_error;

/// A directory goes to a Hub that takes parts of 100,000 bytes.
class PushTest : public test::DownloadTest {
 protected:
  void SetUp() override {
    DownloadTest::SetUp();
    const std::string seed = "model:bob/his=" + (other_ / "seed").string();
    test::write_files(other_ / "seed", {{"config.json", "{}"}});
    start({"--multipart-size", "100000", "--repo", seed});
    test::write_files(source_.path(), {{"README.md", "---\nlicense: mit\n---\n# Tiny\n"}, {"small.bin", "12"}});
  }
  PushResult push(const PushOptions& options = {}, const std::string& name = "tiny",
                  const std::string& token = "hf_alice_write") {
    Client client(settings(token), [this](const std::string& text) { notices_ += text + "\n"; });
    return hub::push(client, source_.path(), name, options);
  }
  /// What the Hub has now.
  std::string file_on_hub(const std::string& path, const std::string& name = "alice/tiny",
                          const std::string& revision = "main") {
    Client client(settings("hf_alice_read"));
    Snapshot snapshot(client, {.name = name}, revision);
    const RepoFile* file = snapshot.find(path);
    if (file == nullptr) return "(none)";
    snapshot.fetch({*file});
    return read_file(snapshot.directory() / path);
  }

  test::TemporaryDirectory other_;
  std::string notices_;
};

TEST_F(PushTest, ANewRepositoryGetsEverything) {
  const PushResult result = push();
  EXPECT_EQ(result.repository, "alice/tiny");
  EXPECT_EQ(result.files, 6u);
  EXPECT_TRUE(result.url.starts_with(server().endpoint() + "/alice/tiny/commit/")) << result.url;
  EXPECT_TRUE(file_on_hub("model.safetensors") == weights_) << "in three parts";
  EXPECT_EQ(file_on_hub("small.bin"), "12");
  EXPECT_EQ(file_on_hub("1_Pooling/config.json"), "{\"a\": 1}\n");
  EXPECT_EQ(file_on_hub("empty.txt"), "");
  EXPECT_EQ(count("storage PUT /part/"), 3u);
  EXPECT_EQ(count("storage PUT /upload/"), 1u);
  EXPECT_EQ(count("objects/verify"), 2u);
}

TEST_F(PushTest, WhatIsThereIsNotSent) {
  const std::string url = push().url;
  server().reset();
  const PushResult again = push();
  EXPECT_EQ(again.url, url);
  EXPECT_EQ(again.files, 0u);
  EXPECT_EQ(count("storage PUT"), 0u);
  EXPECT_EQ(count("/commit/"), 0u);

  std::ofstream(source_ / "config.json") << "{\"new\": 1}";
  EXPECT_EQ(push().files, 1u);
  EXPECT_EQ(count("storage PUT"), 0u);
  EXPECT_EQ(file_on_hub("config.json"), "{\"new\": 1}");
  EXPECT_TRUE(file_on_hub("model.safetensors") == weights_);
}

TEST_F(PushTest, BrokenUploadsAreRepeated) {
  server().plan({{"match", "storage PUT /part/.*/2"}, {"action", "drop"}});
  server().plan({{"match", "storage PUT /part/.*/3"}, {"action", "answer"}, {"status", 500}});
  server().plan({{"match", "storage PUT /upload"}, {"action", "answer"}, {"status", 503}});
  server().plan({{"match", "objects/(batch|verify|complete)"}, {"action", "answer"}, {"status", 502}});
  server().plan({{"match", "/preupload/"}, {"action", "drop"}});
  EXPECT_EQ(push().files, 6u);
  EXPECT_TRUE(file_on_hub("model.safetensors") == weights_);
}

TEST_F(PushTest, AnInterruptedPushSendsNothingTwice) {
  server().plan({{"match", "/commit/"}, {"action", "drop"}});
  expect_error([&] { push(); }, ErrorCode::network, {"the commit may have been made", "the same command finds out"});
  EXPECT_EQ(count("/commit/"), 1u) << "a lost answer may have been a success";
  server().reset();
  EXPECT_EQ(push().files, 6u);
  EXPECT_EQ(count("storage PUT"), 0u);
}

TEST_F(PushTest, ACommitWhoseAnswerIsLostIsFound) {
  server().plan({{"match", "/commit/"}, {"action", "cut"}, {"after", 10}});
  expect_error([&] { push(); }, ErrorCode::network, {"the same command finds out"});
  EXPECT_EQ(push().files, 0u);
  EXPECT_TRUE(file_on_hub("model.safetensors") == weights_);
}

TEST_F(PushTest, APullRequestWhoseAnswerIsLostIsLookedFor) {
  push();
  test::write_files(source_.path(), {{"small.bin", "3"}});
  for (const Json& fault : {Json{{"action", "cut"}, {"after", 10}}, Json{{"action", "answer"}, {"status", 503}}}) {
    Json plan = fault;
    plan["match"] = "/commit/";
    server().plan(plan);
    expect_error([&] { push({.create_pr = true}); }, ErrorCode::network, {"/alice/tiny/discussions shows it"});
  }
}

TEST_F(PushTest, CommitsInBetween) {
  for (const int status : {412, 409})
    server().plan({{"match", "/commit/"}, {"action", "answer"}, {"status", status}});
  EXPECT_EQ(push().files, 6u);
  EXPECT_NE(notices_.find("somebody else commits"), std::string::npos);
  std::ofstream(source_ / "config.json") << "{\"new\": 1}";
  server().plan({{"match", "/commit/"}, {"action", "answer"}, {"status", 412}, {"times", 100}});
  expect_error([&] { push(); }, ErrorCode::network, {"somebody committed in between; try again"});
}

TEST_F(PushTest, RepositoriesThatAreBeingMade) {
  server().plan({{"match", "/repos/create"},
                 {"action", "answer"},
                 {"status", 409},
                 {"body", R"({"error":"Cannot create repo: another conflicting operation is in progress"})"}});
  EXPECT_EQ(push().repository, "alice/tiny");
}

TEST_F(PushTest, TheModelCardIsKept) {
  push();
  std::ofstream(source_ / "README.md") << "---\nlicense: mit\n---\n# New\n";
  EXPECT_EQ(push().files, 0u);
  EXPECT_NE(notices_.find("model card on the Hub is kept"), std::string::npos);
  EXPECT_EQ(push({.replace_model_card = true}).files, 1u);
  EXPECT_EQ(file_on_hub("README.md"), "---\nlicense: mit\n---\n# New\n");
}

TEST_F(PushTest, TheModelCardNamesDataSets) {
  push({.train_datasets = {"embedding-data/QQP_triplets"}});
  EXPECT_EQ(file_on_hub("README.md"), "---\ndatasets:\n- embedding-data/QQP_triplets\nlicense: mit\n---\n# Tiny\n");
  EXPECT_EQ(read_file(source_ / "README.md"), "---\nlicense: mit\n---\n# Tiny\n");
}

TEST_F(PushTest, ABadModelCardIsRefusedBeforeAnythingIsSent) {
  std::ofstream(source_ / "README.md") << "---\ntags: [a\n---\n";
  expect_error([&] { push(); }, ErrorCode::invalid_argument, {"README.md", "refuses this model card", "brackets"});
  EXPECT_EQ(count("storage PUT"), 0u);
  EXPECT_EQ(count("/commit/"), 0u);
}

TEST_F(PushTest, WhoMayWrite) {
  expect_error([&] { push({}, "tiny", ""); }, ErrorCode::access_denied, {"nobody is logged in", "sbert login"});
  expect_error([&] { push({}, "tiny", "hf_alice_read"); }, ErrorCode::access_denied,
               {"may not", "sbert whoami", "no write access"});
  expect_error([&] { push({}, "bob/his"); }, ErrorCode::access_denied, {"bob/his", "may not"});
  expect_error([&] { push({}, "tiny", "hf_wrong"); }, ErrorCode::access_denied, {"not valid"});
  EXPECT_EQ(count("storage PUT"), 0u);
}

TEST_F(PushTest, PullRequestsGoToOthersAsWell) {
  EXPECT_EQ(push({.create_pr = true}, "bob/his").url, server().endpoint() + "/bob/his/discussions/1");
  EXPECT_EQ(file_on_hub("small.bin", "bob/his"), "(none)");
  EXPECT_EQ(file_on_hub("small.bin", "bob/his", "refs/pr/1"), "12");
}

TEST_F(PushTest, BranchesAndOrganizations) {
  push({.organization = "acme", .revision = "v2"});
  push({.organization = "acme", .revision = "v2"}, "acme/tiny");
  EXPECT_EQ(file_on_hub("small.bin", "acme/tiny", "v2"), "12");
  EXPECT_EQ(file_on_hub("small.bin", "acme/tiny"), "(none)");
  expect_error([&] { push({.organization = "acme"}, "bob/his"); }, ErrorCode::invalid_argument, {"bob/his", "acme"});
  expect_error([&] { push({}, "no name"); }, ErrorCode::invalid_argument, {"no name"});
  server().reset();
  for (const char* name : {"a b", "../x", "a:b"})
    expect_error([&] { push({.revision = name}, "third"); }, ErrorCode::invalid_argument, {name, "branch"});
  expect_error([&] { push({.commit_message = ""}, "third"); }, ErrorCode::invalid_argument, {"message", "empty"});
  EXPECT_EQ(count("repos/create"), 0u);
}

TEST_F(PushTest, PrivateMeansPrivate) {
  push({.private_repo = true});
  Client stranger(settings("hf_bob_write"));
  expect_error([&] { ask_commit(stranger, {.name = "alice/tiny"}, "main"); }, ErrorCode::not_found, {"alice/tiny"});
  push({}, "open");
  server().reset();
  expect_error([&] { push({.private_repo = true}, "open"); }, ErrorCode::access_denied,
               {"is public", "nothing was sent"});
  EXPECT_EQ(count("storage PUT"), 0u);
}

TEST_F(PushTest, WhatIsOnlyForThisMachineStaysHere) {
  test::write_files(source_.path(), {{".git/config", "x"},
                                     {".cache/huggingface/x", "x"},
                                     {"checkpoint-100/optimizer.safetensors", "x"},
                                     {"weights.incomplete", "x"}});
  EXPECT_EQ(push().files, 6u);
  expect_error([&] { push({}, "tiny/../x"); }, ErrorCode::invalid_argument, {"tiny/../x"});
}

TEST_F(PushTest, RefusalsSayWhatToDo) {
  struct Case {
    const char* match;
    int status;
    Json headers;
    ErrorCode code;
    std::vector<std::string> words;
  };
  const std::vector<Case> cases{
      {"storage PUT", 403, Json::object(), ErrorCode::network, {"the storage at", "HTTP 403"}},
      {"/preupload/",
       401,
       {{"X-Error-Message", "Invalid credentials in Authorization header"}},
       ErrorCode::access_denied,
       {"not valid", "sbert login"}},
      {"objects/batch", 403, Json::object(), ErrorCode::access_denied, {"may not do this", "sbert whoami"}},
      {"/preupload/", 404, {{"X-Error-Code", "RepoNotFound"}}, ErrorCode::not_found, {"there is no model alice/tiny"}},
      {"/commit/", 413, Json::object(), ErrorCode::network, {"does not accept this"}},
      {"/commit/", 429, {{"Retry-After", "3600"}}, ErrorCode::network, {"too many requests", "try again later"}},
      {"/commit/",
       503,
       {{"Retry-After", "1"}},
       ErrorCode::network,
       {"HTTP 503", "may have been made: the same command"}},
  };
  for (const Case& one : cases) {
    server().reset();
    server().plan({{"match", one.match}, {"action", "answer"}, {"status", one.status}, {"headers", one.headers}});
    expect_error([&] { push(); }, one.code, one.words);
    EXPECT_LE(count("/commit/"), 1u);
  }
  server().reset();
  EXPECT_EQ(push().files, 6u) << "nothing of it was lasting";
}

TEST_F(PushTest, LimitsAreWaitedFor) {
  for (const auto& [name, match] : {std::pair("a", "/preupload/"), {"b", "/commit/"}, {"c", "/repos/create"}}) {
    server().reset();
    server().plan({{"match", match}, {"action", "answer"}, {"status", 429}, {"headers", {{"Retry-After", "2"}}}});
    notices_.clear();
    EXPECT_EQ(push({}, name).files, 6u);
    EXPECT_EQ(count(match), 2u) << match;
    EXPECT_NE(notices_.find("pause of 3 s"), std::string::npos) << match << notices_;
  }
}

// A commit is for the Hub alone, and so is the token.
TEST_F(PushTest, RedirectsToAnotherHostAreNotFollowed) {
  for (const char* match : {"/commit/", "/preupload/", "objects/batch", "/repos/create"}) {
    server().reset();
    server().plan({{"match", match},
                   {"action", "answer"},
                   {"status", 307},
                   {"headers", {{"Location", server().storage() + "/upload/steal"}}}});
    expect_error([&] { push(); }, ErrorCode::network, {"HTTP 307"});
    EXPECT_EQ(count("steal"), 0u) << match;
  }
}

// The addresses are the server's: a token goes to the Hub's own only.
TEST_F(PushTest, ForeignAddressesGetNoToken) {
  const std::string hash = Hash::sha256().finish();
  const Json action{{"href", server().storage() + "/upload/steal"}};
  server().plan(
      {{"match", "objects/batch"},
       {"action", "answer"},
       {"status", 200},
       {"body", Json{{"objects", {{{"oid", hash}, {"size", 1}, {"actions", {{"upload", action}, {"verify", action}}}}}}}
                    .dump()}});
  expect_error([&] { push(); }, ErrorCode::corrupt_data, {"was not asked for"});
  EXPECT_EQ(count("storage"), 0u);
}

}  // namespace
}  // namespace sbert::hub
