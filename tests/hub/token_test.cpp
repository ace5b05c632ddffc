#include "download_fixture.h"

namespace sbert::hub {
namespace {

using test::expect_error;

/// Who may read what, and where the token goes.
class TokenTest : public test::DownloadTest {
 protected:
  /// "hub" or "storage", and whether the request had a token.
  std::vector<std::pair<std::string, bool>> sent_tokens() {
    std::vector<std::pair<std::string, bool>> sent;
    for (const Json& entry : server().log())
      sent.emplace_back(entry["role"], entry["headers"].contains("authorization"));
    return sent;
  }
};

TEST_F(TokenTest, GoesToTheHubOnly) {
  fetch(settings("hf_alice_read"));
  size_t foreign = 0;
  for (const auto& [role, token] : sent_tokens()) {
    EXPECT_EQ(token, role == "hub");
    foreign += role == "storage";
  }
  EXPECT_EQ(foreign, 1u);
}

TEST_F(TokenTest, DoesNotFollowAnyRedirectAway) {
  for (const int status : {301, 302, 303, 307, 308}) {
    server().plan({{"match", "hub GET /api/models/acme/tiny/revision/main"},
                   {"action", "answer"},
                   {"status", status},
                   {"headers", {{"Location", server().storage() + "/steal"}}}});
    EXPECT_THROW(fetch(settings("hf_alice_read")), Error);
  }
  for (const auto& [role, token] : sent_tokens())
    EXPECT_EQ(token, role == "hub");
}

// The way back from a foreign server is a foreign server's idea.
TEST_F(TokenTest, DoesNotComeBackThroughAForeignServer) {
  server().plan({{"match", "hub GET .*/revision/main"},
                 {"action", "answer"},
                 {"status", 302},
                 {"headers", {{"Location", server().storage() + "/bounce"}}}});
  server().plan({{"match", "storage GET /bounce"},
                 {"action", "answer"},
                 {"status", 302},
                 {"headers", {{"Location", server().endpoint() + "/api/models/acme/tiny"}}}});
  Client client(settings("hf_alice_read"));
  EXPECT_NO_THROW(ask_commit(client, repo_, "main"));
  EXPECT_EQ(sent_tokens(),
            (std::vector<std::pair<std::string, bool>>{{"hub", true}, {"storage", false}, {"hub", false}}));
}

TEST_F(TokenTest, ABadOneIsNamedByItsPlace) {
  expect_error([&] { fetch(settings("hf_wrong_secret")); }, ErrorCode::access_denied,
               {"the token from HF_TOKEN is not valid", "/settings/tokens", "sbert login"});
  try {
    fetch(settings("hf_wrong_secret"));
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()).find("hf_wrong_secret"), std::string::npos) << error.what();
  }
}

TEST_F(TokenTest, PrivateModels) {
  start({"--repo", "model:acme/tiny=" + source_.path().string() + ",private"});
  expect_error([&] { fetch(); }, ErrorCode::not_found, {"no model acme/tiny", "sbert login"});
  expect_error([&] { fetch(settings("hf_bob_write")); }, ErrorCode::not_found,
               {"no model acme/tiny", "token from HF_TOKEN"});
  expect_whole(fetch(settings("hf_alice_read")));
}

TEST_F(TokenTest, GatedModels) {
  start({"--repo", "model:acme/tiny=" + source_.path().string() + ",gated"});
  const std::string page = server().endpoint() + "/acme/tiny";
  expect_error([&] { fetch(); }, ErrorCode::access_denied, {"accept its conditions", page, "sbert login"});
  expect_error([&] { fetch(settings("hf_bob_write")); }, ErrorCode::access_denied, {"accept its conditions", page});
  server().grant("acme/tiny", "bob");
  expect_whole(fetch(settings("hf_bob_write")));
}

TEST_F(TokenTest, ATokenThatMayNot) {
  server().plan({{"match", "/tree/"}, {"action", "answer"}, {"status", 403}, {"body", "{\"error\":\"no scope\"}"}});
  expect_error([&] { fetch(settings("hf_alice_read")); }, ErrorCode::access_denied,
               {"may not", "sbert whoami", "the server says: no scope"});
}

TEST_F(TokenTest, NothingThereIsSaidClearly) {
  hub::Client client(settings("hf_alice_read"));
  expect_error([&] { Snapshot(client, {.name = "acme/nope"}, "main"); }, ErrorCode::not_found,
               {"no model acme/nope at http://127.0.0.1"});
  expect_error([&] { Snapshot(client, repo_, "v9"); }, ErrorCode::not_found,
               {"model acme/tiny", "branch, tag or commit"});
}

}  // namespace
}  // namespace sbert::hub
