#include <gtest/gtest.h>

#include "hub/client.h"

namespace sbert::hub {
namespace {

Headers with(const std::string& name, const std::string& value) {
  Headers headers;
  headers.add(name, value);
  return headers;
}

TEST(RequestedWait, OfRetryAfterAndRatelimit) {
  EXPECT_EQ(requested_wait({}), std::nullopt);
  EXPECT_EQ(requested_wait(with("Retry-After", "7")), 8);
  EXPECT_EQ(requested_wait(with("ratelimit", "\"api\";r=0;t=55")), 56);
  EXPECT_EQ(requested_wait(with("RateLimit", "\"api\";t=3;r=0")), 4);
  Headers both = with("Retry-After", "7");
  both.add("ratelimit", "\"api\";r=12;t=55");
  EXPECT_EQ(requested_wait(both), 8) << "twelve requests remain: the limit is not the reason";
}

TEST(RequestedWait, TakesNoNonsense) {
  for (const char* text : {"", "-1", "1.5", "Wed, 21 Oct 2026 07:28:00 GMT", "99999999999999999999", "7 "})
    EXPECT_EQ(requested_wait(with("Retry-After", text)), std::nullopt) << text;
  for (const char* text : {"", ";r=0", ";t=5", "r=0;t=5", ";r=0;t=", ";r=x;t=5", ";r=0;t=-5"})
    EXPECT_EQ(requested_wait(with("ratelimit", text)), std::nullopt) << text;
}

TEST(NextPage, OfLinkHeaders) {
  EXPECT_EQ(next_page({}), std::nullopt);
  EXPECT_EQ(next_page(with("Link", "<https://h/a?cursor=b>; rel=\"next\"")), "https://h/a?cursor=b");
  EXPECT_EQ(next_page(with("Link", "<https://h/1>; rel=\"prev\", <https://h/2>; rel=\"next\"")), "https://h/2");
  for (const char* text : {"", "<", "<x", "<x>", "<x>; rel=\"prev\"", "rel=\"next\""})
    EXPECT_EQ(next_page(with("Link", text)), std::nullopt) << text;
}

HttpResponse answer(int status, const std::string& code, const std::string& body = "") {
  HttpResponse response{.status = status, .url = "https://huggingface.co/x", .body = body};
  if (!code.empty()) response.headers.add("X-Error-Code", code);
  return response;
}

TEST(Refusal, IsWhatStatusAndCodeSay) {
  EXPECT_EQ(classify(answer(404, "RevisionNotFound")), Refusal::no_revision);
  EXPECT_EQ(classify(answer(404, "EntryNotFound")), Refusal::no_entry);
  EXPECT_EQ(classify(answer(404, "RepoNotFound")), Refusal::no_repository);
  EXPECT_EQ(classify(answer(401, "", R"({"error":"Invalid username or password."})")), Refusal::no_repository);
  EXPECT_EQ(classify(answer(401, "", R"({"error":"Invalid credentials in Authorization header"})")),
            Refusal::bad_token);
  EXPECT_EQ(classify(answer(403, "GatedRepo")), Refusal::gated);
  EXPECT_EQ(classify(answer(403, "", R"({"error":"Access to this resource is disabled."})")), Refusal::disabled);
  EXPECT_EQ(classify(answer(403, "")), Refusal::forbidden);
  EXPECT_EQ(classify(answer(409, "")), Refusal::conflict);
  EXPECT_EQ(classify(answer(412, "")), Refusal::stale_parent);
  EXPECT_EQ(classify(answer(429, "")), Refusal::too_many_requests);
  EXPECT_EQ(classify(answer(502, "")), Refusal::broken_server);
}

TEST(Refusal, QuotesTheServerInEveryForm) {
  EXPECT_EQ(server_message(answer(400, "", R"({"error":["a","b"]})")), "a");
  EXPECT_EQ(server_message(answer(400, "", R"({"errors":[{"message":"a"},{"message":"b"}]})")), "a; b");
  EXPECT_EQ(server_message(answer(400, "", R"({"error":{"deep":1}})")), "");
  EXPECT_EQ(server_message(answer(500, "", "<html>oops")), "");
  EXPECT_EQ(server_message(answer(400, "", "{\"error\":\"two\\nlines\\u001b[31m\"}")), "two\\nlines\\x1b[31m");
  EXPECT_LT(server_message(answer(400, "", "{\"error\":\"" + std::string(5000, 'x') + "\"}")).size(), 400u);
}

TEST(Refusal, NeverShowsTheToken) {
  Settings settings;
  settings.token = "hf_secret";
  settings.token_source = "HF_TOKEN";
  try {
    fail_refused(answer(400, "", R"({"error":"what is hf_secret?"})"), settings, RepoId{.name = "acme/tiny"});
  } catch (const RefusedError& error) {
    EXPECT_EQ(std::string(error.what()).find("hf_secret"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("what is <token>?"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace sbert::hub
