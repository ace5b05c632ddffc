#include <gtest/gtest.h>

#include "hub/http.h"
#include "support/errors.h"

namespace sbert::hub {
namespace {

using test::expect_error;

TEST(Url, OriginIsSchemeHostAndPort) {
  EXPECT_EQ(url_origin("https://Hugging-Face.co/a?b#c"), "https://hugging-face.co:443");
  EXPECT_EQ(url_origin("https://huggingface.co:443"), "https://huggingface.co:443");
  EXPECT_EQ(url_origin("http://127.0.0.1:8080/x"), "http://127.0.0.1:8080");
  EXPECT_NE(url_origin("https://huggingface.co.evil.org/"), url_origin("https://huggingface.co/"));
  EXPECT_NE(url_origin("https://huggingface.co:8443/"), url_origin("https://huggingface.co/"));
}

// Whoever compares origins by eye takes these for the Hub.
TEST(Url, HasNoUserAndNoOtherScheme) {
  for (const char* url : {"https://huggingface.co@evil.org/", "https://a:b@huggingface.co/", "file:///etc/passwd",
                          "ftp://huggingface.co/", "huggingface.co", "", "https://", "javascript:alert(1)"}) {
    expect_error([&] { url_origin(url); }, ErrorCode::corrupt_data, {"no http or https address"});
  }
}

TEST(Url, JoinsAsBrowsersDo) {
  const std::string base = "https://hub.org/acme/tiny/resolve/main/a.json?x=1";
  EXPECT_EQ(url_join(base, "/api/b?c=%22d%22"), "https://hub.org/api/b?c=%22d%22");
  EXPECT_EQ(url_join(base, "https://cdn.org/b"), "https://cdn.org/b");
  EXPECT_EQ(url_join(base, "//cdn.org/b"), "https://cdn.org/b");
  EXPECT_EQ(url_join(base, "b.json"), "https://hub.org/acme/tiny/resolve/main/b.json");
  expect_error([&] { url_join(base, "file:///etc/passwd"); }, ErrorCode::corrupt_data, {"/etc/passwd"});
  expect_error([&] { url_join(base, "https://hub.org@evil.org/"); }, ErrorCode::corrupt_data, {"evil"});
}

TEST(Url, Quotes) {
  EXPECT_EQ(url_quote("refs/pr/1"), "refs%2Fpr%2F1");
  EXPECT_EQ(url_quote("1_Pooling/a b.json", "/"), "1_Pooling/a%20b.json");
  EXPECT_EQ(url_quote("ü~-._?#"), "%C3%BC~-._%3F%23");
}

TEST(Headers, AreFoundInAnyCase) {
  Headers headers;
  headers.add("X-Repo-Commit", "1");
  headers.add("x-repo-commit", "2");
  EXPECT_EQ(headers.find("X-REPO-COMMIT"), "2");
  EXPECT_EQ(headers.find("X-Repo"), std::nullopt);
}

}  // namespace
}  // namespace sbert::hub
