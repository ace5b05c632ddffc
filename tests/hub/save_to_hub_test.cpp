#include <sbert/hub.h>
#include <sbert/sentence_transformer.h>

#include "public_fixture.h"
#include "support/goldens.h"

namespace sbert {
namespace {

using SaveToHubTest = test::PublicTest;

TEST_F(SaveToHubTest, AModelGoesThereAndComesBack) {
  start({});
  EXPECT_EQ(login("hf_alice_write").name, "alice");
  EXPECT_EQ(whoami().organizations, std::vector<std::string>{"acme"});

  const SentenceTransformer model(test::golden_path("engine", "model").string());
  const PushResult result = model.save_to_hub("tiny", {.private_repo = true, .train_datasets = {"a/b"}});
  EXPECT_EQ(result.repository, "alice/tiny");
  const SentenceTransformer back("alice/tiny");
  EXPECT_EQ(back.encode("the cat sleeps"), model.encode("the cat sleeps"));
  EXPECT_NE(read_file(pull("alice/tiny") / "README.md").find("datasets:\n- a/b\n"), std::string::npos);
  EXPECT_EQ(model.push_to_hub("tiny").files, 0u) << "the same bytes again";

  EXPECT_TRUE(logout());
  EXPECT_FALSE(logout());
  test::expect_error([&] { model.push_to_hub("tiny"); }, ErrorCode::access_denied, {"nobody is logged in"});
}

}  // namespace
}  // namespace sbert
