#pragma once

#include <filesystem>

namespace sbert::test {

/// tests/goldens of this checkout.
std::filesystem::path goldens_directory();

}  // namespace sbert::test
