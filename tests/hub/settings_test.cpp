#include "hub/settings.h"

#include <cstdlib>
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "support/errors.h"
#include "support/temporary_directory.h"

namespace sbert::hub {
namespace {

/// Settings in exactly this environment.
class SettingsTest : public testing::Test {
 protected:
  static constexpr const char* kNames[] = {"HF_ENDPOINT",
                                           "HF_HOME",
                                           "HF_HUB_CACHE",
                                           "HUGGINGFACE_HUB_CACHE",
                                           "SENTENCE_TRANSFORMERS_HOME",
                                           "HF_TOKEN",
                                           "HUGGING_FACE_HUB_TOKEN",
                                           "HF_TOKEN_PATH",
                                           "HF_HUB_OFFLINE",
                                           "TRANSFORMERS_OFFLINE",
                                           "XDG_CACHE_HOME",
                                           "HF_HUB_DISABLE_IMPLICIT_TOKEN",
                                           "HF_HUB_DISABLE_SYMLINKS",
                                           "HF_HUB_ETAG_TIMEOUT",
                                           "HF_HUB_DOWNLOAD_TIMEOUT",
                                           "HOME"};
  void SetUp() override {
    for (const char* name : kNames) {
      if (const char* value = std::getenv(name)) before_[name] = value;
    }
  }
  void TearDown() override { set(before_); }

  static void set(const std::map<std::string, std::string>& variables) {
    for (const char* name : kNames)
      ::unsetenv(name);
    for (const auto& [name, value] : variables)
      ::setenv(name.c_str(), value.c_str(), 1);
  }
  static Settings in(const std::map<std::string, std::string>& variables) {
    set(variables);
    return Settings::from_environment();
  }

 private:
  std::map<std::string, std::string> before_;
};

TEST_F(SettingsTest, WhereTheCacheIs) {
  EXPECT_EQ(in({{"HOME", "/h"}}).cache, "/h/.cache/huggingface/hub");
  EXPECT_EQ(in({{"HOME", "/h"}, {"XDG_CACHE_HOME", "/x"}}).cache, "/x/huggingface/hub");
  EXPECT_EQ(in({{"HOME", "/h"}, {"HF_HOME", "~/hf"}}).cache, "/h/hf/hub");
  EXPECT_EQ(in({{"HOME", "/h"}, {"HF_HOME", "$HOME/a/${HOME}x/$"}}).cache, "/h/a//hx/$/hub");
  EXPECT_EQ(in({{"HF_HOME", "/hf"}, {"HF_HUB_CACHE", "/c"}}).cache, "/c");
  EXPECT_EQ(in({{"HF_HOME", "/hf"}, {"HUGGINGFACE_HUB_CACHE", "/old"}}).cache, "/old");
  EXPECT_EQ(in({{"HF_HOME", "/hf"}}).token_file, "/hf/token");
  EXPECT_EQ(in({{"HF_HOME", "/hf"}, {"HF_TOKEN_PATH", "/t"}}).token_file, "/t");
}

TEST_F(SettingsTest, ModelsMayHaveACacheOfTheirOwn) {
  const Settings none = in({{"HF_HOME", "/hf"}});
  EXPECT_EQ(none.cache_of(RepoKind::model), "/hf/hub");
  const Settings own = in({{"HF_HOME", "/hf"}, {"HF_HUB_CACHE", "/c"}, {"SENTENCE_TRANSFORMERS_HOME", "/st"}});
  EXPECT_EQ(own.cache_of(RepoKind::model), "/st");
  EXPECT_EQ(own.cache_of(RepoKind::dataset), "/c");
  EXPECT_EQ(in({{"HOME", "/h"}, {"SENTENCE_TRANSFORMERS_HOME", "~/$st"}}).model_cache, "/h/$st");
}

TEST_F(SettingsTest, TheEndpoint) {
  EXPECT_EQ(in({}).endpoint, "https://huggingface.co");
  EXPECT_EQ(in({{"HF_ENDPOINT", "http://mirror:8090//"}}).endpoint, "http://mirror:8090");
  test::expect_error(
      [] {
        in({{"HF_ENDPOINT", "mirror:8090"}});
      },
      ErrorCode::invalid_argument, {"HF_ENDPOINT", "https://"});
}

TEST_F(SettingsTest, OfflineInEveryWord) {
  for (const char* word : {"1", "ON", "yes", "True"})
    EXPECT_TRUE(in({{"HF_HUB_OFFLINE", word}}).offline) << word;
  for (const char* word : {"", "0", "off", "no", "false"})
    EXPECT_FALSE(in({{"HF_HUB_OFFLINE", word}}).offline) << word;
  EXPECT_TRUE(in({{"TRANSFORMERS_OFFLINE", "1"}}).offline);
}

TEST_F(SettingsTest, TheTokenOfTheEnvironmentComesFirst) {
  const test::TemporaryDirectory home;
  std::ofstream(home / "token") << "  hf_file\r\n";
  const std::string path = home.path().string();
  EXPECT_EQ(in({{"HF_HOME", path}}).token, "hf_file");
  EXPECT_EQ(in({{"HF_HOME", path}}).token_source, path + "/token");
  EXPECT_EQ(in({{"HF_HOME", path}, {"HF_TOKEN", " hf_variable\n"}}).token, "hf_variable");
  EXPECT_EQ(in({{"HF_HOME", path}, {"HF_TOKEN", "  "}}).token, "hf_file");
  EXPECT_EQ(in({{"HF_HOME", path}, {"HUGGING_FACE_HUB_TOKEN", "hf_old"}}).token, "hf_old");
  EXPECT_EQ(in({{"HF_HOME", path}, {"HF_HUB_DISABLE_IMPLICIT_TOKEN", "1"}}).token, "");
}

TEST_F(SettingsTest, Timeouts) {
  EXPECT_EQ(in({{"HF_HUB_DOWNLOAD_TIMEOUT", "30"}}).silence_timeout.count(), 30);
  for (const char* text : {"0", "-1", "x", "10s"}) {
    test::expect_error(
        [&] {
          in({{"HF_HUB_ETAG_TIMEOUT", text}});
        },
        ErrorCode::invalid_argument, {"HF_HUB_ETAG_TIMEOUT"});
  }
}

}  // namespace
}  // namespace sbert::hub
