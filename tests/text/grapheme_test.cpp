#include "text/grapheme.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace sbert::text {
namespace {

std::vector<std::string> clusters(std::string_view text) {
  std::vector<std::string> out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = grapheme_end(text, at);
    out.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

using Clusters = std::vector<std::string>;

TEST(Grapheme, MarksAndJoinersStayWithWhatTheyFollow) {
  EXPECT_EQ(clusters("ae\u0301\u0308b"), (Clusters{"a", "e\u0301\u0308", "b"}));
  EXPECT_EQ(clusters("\u00a9\u200d\u00a9x"), (Clusters{"\u00a9\u200d\u00a9", "x"}));
  EXPECT_EQ(clusters("\u1100\u1161\u11a8\u1100"), (Clusters{"\u1100\u1161\u11a8", "\u1100"}));
}

TEST(Grapheme, NothingStaysWithAControlCharacter) {
  EXPECT_EQ(clusters("\r\n\n\r"), (Clusters{"\r\n", "\n", "\r"}));
  EXPECT_EQ(clusters("\u00ad\u0301\u0308"), (Clusters{"\u00ad", "\u0301\u0308"}));
  EXPECT_EQ(clusters("\U000e0001\u0301\u0308"), (Clusters{"\U000e0001", "\u0301\u0308"}));
}

}  // namespace
}  // namespace sbert::text
