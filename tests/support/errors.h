#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <sbert/error.h>

namespace sbert::test {

/// Runs `action`, which must throw an sbert::Error of this code whose one-line message contains every one of `parts`.
template <class Action>
void expect_error(const Action& action, ErrorCode code, const std::vector<std::string>& parts) {
  try {
    action();
  } catch (const Error& error) {
    const std::string message = error.what();
    EXPECT_EQ(static_cast<int>(error.code()), static_cast<int>(code)) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    for (const auto& part : parts)
      EXPECT_NE(message.find(part), std::string::npos) << "'" << part << "' is missing in: " << message;
    return;
  }
  ADD_FAILURE() << "no error was thrown";
}

}  // namespace sbert::test
