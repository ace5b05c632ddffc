#pragma once

#include <string>

#include <gtest/gtest.h>

#include <sbert/error.h>

namespace sbert::test {

/// Expects `body` to throw an Error with this code whose one-line message contains `part`.
template <class Body>
void expect_error(ErrorCode code, const std::string& part, Body&& body) {
  try {
    body();
    ADD_FAILURE() << "no error, expected: " << part;
  } catch (const Error& error) {
    const std::string message = error.what();
    EXPECT_EQ(error.code(), code) << message;
    EXPECT_NE(message.find(part), std::string::npos) << "'" << part << "' is not in: " << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
}

}  // namespace sbert::test
