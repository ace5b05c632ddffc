#include "hub/token_file.h"

#include <filesystem>
#include <sys/stat.h>

#include <gtest/gtest.h>

#include "base/files.h"
#include "support/temporary_directory.h"

namespace sbert::hub {
namespace {

mode_t rights(const std::filesystem::path& path) {
  struct stat status {};
  ::stat(path.c_str(), &status);
  return status.st_mode & 0777;
}

TEST(TokenFile, IsForThisUserOnly) {
  const test::TemporaryDirectory home;
  Settings settings;
  settings.token_file = home / "hf" / "token";
  save_token(settings, "mine", "hf_1");
  save_token(settings, "other", "hf_2");
  EXPECT_EQ(read_file(settings.token_file), "hf_2");
  EXPECT_EQ(read_file(home / "hf" / "stored_tokens"), "[mine]\nhf_token = hf_1\n\n[other]\nhf_token = hf_2\n\n");
  EXPECT_EQ(rights(settings.token_file), 0600u);
  EXPECT_EQ(rights(home / "hf" / "stored_tokens"), 0600u);
  EXPECT_EQ(rights(home / "hf"), 0700u);
  EXPECT_TRUE(remove_tokens(settings));
  EXPECT_FALSE(remove_tokens(settings));
  EXPECT_TRUE(std::filesystem::is_empty(home / "hf"));
}

TEST(TokenFile, KeepsWhatOthersWrote) {
  const std::string text =
      "[oauth]\nhf_token = hf_o\nrefresh_token = r\nexpires_at = 1\n\n[mine]\nhf_token = hf_old\n\n[z]\nhf_token = "
      "hf_z";
  EXPECT_EQ(with_stored_token(text, "mine", "hf_new"),
            "[oauth]\nhf_token = hf_o\nrefresh_token = r\nexpires_at = 1\n\n[z]\nhf_token = hf_z\n[mine]\nhf_token = "
            "hf_new\n\n");
}

// The name comes from a server.
TEST(TokenFile, ANameIsOneLine) {
  EXPECT_EQ(with_stored_token("", "a]\n[evil", "hf_1"), "[a\\nevil]\nhf_token = hf_1\n\n");
  EXPECT_EQ(with_stored_token("", "", "hf_1"), "[token]\nhf_token = hf_1\n\n");
}

}  // namespace
}  // namespace sbert::hub
