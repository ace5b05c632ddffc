#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "download_fixture.h"

namespace sbert::test {

/// For what asks the environment where the Hub and the cache are.
class PublicTest : public DownloadTest {
 protected:
  /// Starts a Hub and points the environment there.
  void start(const std::vector<std::string>& arguments) {
    DownloadTest::start(arguments);
    set("HF_ENDPOINT", server().endpoint());
    set("HF_HOME", cache_.path().string());
  }
  void TearDown() override {
    DownloadTest::TearDown();
    for (const std::string& name : variables_)
      ::unsetenv(name.c_str());
  }
  /// Until the end of the test.
  void set(const std::string& name, const std::string& value) {
    ::setenv(name.c_str(), value.c_str(), 1);
    variables_.push_back(name);
  }

 private:
  std::vector<std::string> variables_;
};

}  // namespace sbert::test
