#include "hub/account.h"

#include "download_fixture.h"

namespace sbert::hub {
namespace {

using test::expect_error;

class AccountTest : public test::DownloadTest {
 protected:
  HubAccount ask(const std::string& token) {
    Client client(settings(token));
    return ask_account(client);
  }
};

TEST_F(AccountTest, WhoAndWhat) {
  const HubAccount account = ask("hf_alice_write");
  EXPECT_EQ(account.name, "alice");
  EXPECT_EQ(account.organizations, std::vector<std::string>{"acme"});
  EXPECT_EQ(account.token_name, "alice-write");
  EXPECT_TRUE(account.may_write);
  EXPECT_FALSE(ask("hf_alice_read").may_write);
  EXPECT_TRUE(ask("hf_alice_fine").may_write);
  EXPECT_FALSE(ask("hf_alice_fine_read").may_write);
}

TEST_F(AccountTest, NobodyAndNotAnyMore) {
  expect_error([&] { ask(""); }, ErrorCode::access_denied, {"nobody is logged in", "sbert login", "/settings/tokens"});
  expect_error([&] { ask("hf_revoked"); }, ErrorCode::access_denied, {"the token from HF_TOKEN is not valid"});
}

TEST_F(AccountTest, IsAskedOnce) {
  server().plan({{"match", "whoami"}, {"action", "answer"}, {"status", 429}, {"headers", {{"Retry-After", "1"}}}});
  expect_error([&] { ask("hf_alice_write"); }, ErrorCode::network, {"too many requests"});
  EXPECT_EQ(count("whoami"), 1u) << "its limit is strict";
}

TEST(ParseAccount, TakesLessThanThereUsuallyIs) {
  const HubAccount account = parse_account(Json::parse(R"({"name":"bot","orgs":null})"), "hub");
  EXPECT_EQ(account.name, "bot");
  EXPECT_TRUE(account.may_write) << "nothing says that it may not";
  for (const char* text : {"{}", "[]", R"({"name":7})", R"({"name":"a","orgs":[{}]})",
                           R"({"name":"a","auth":{"accessToken":{"role":1}}})"}) {
    expect_error([&] { parse_account(Json::parse(text), "hub"); }, ErrorCode::corrupt_data, {"hub"});
  }
}

}  // namespace
}  // namespace sbert::hub
