#pragma once

#include <cstdlib>
#include <filesystem>

#include "support/test_data.h"

namespace sbert::test {

/// Real data sets, which are not part of the project: $SBERT_TEST_DATA_DIR, else ../shared/data beside the repository.
/// Tests that need one are skipped where it is absent.
inline std::filesystem::path shared_data(const std::filesystem::path& file) {
  const char* directory = std::getenv("SBERT_TEST_DATA_DIR");
  const auto repository = goldens_directory().parent_path().parent_path();
  return (directory ? std::filesystem::path(directory) : repository / "../shared/data") / file;
}

}  // namespace sbert::test

/// Skips the test unless `path` exists.
#define SBERT_NEEDS_DATA(path) \
  if (!std::filesystem::exists(path)) GTEST_SKIP() << (path) << " is absent; set SBERT_TEST_DATA_DIR"
