#include "train/token_store.h"

#include <gtest/gtest.h>

namespace sbert {
namespace {

using Ids = std::vector<std::vector<int32_t>>;

void add(TokenStore& store, const Ids& ids, const std::vector<float>& labels) {
  const std::vector<std::span<const int32_t>> sequences(ids.begin(), ids.end());
  store.add(sequences, labels);
}

TEST(TokenStore, GivesBackEveryRow) {
  TokenStore store({});
  add(store, {{1, 2, 3}, {}}, {0.5f, -1});
  add(store, {{}, {-7}}, {0, 2});
  ASSERT_EQ(store.rows(), 2U);
  EXPECT_EQ(store[1].ids, (Ids{{}, {-7}}));
  EXPECT_EQ(store[1].labels, (std::vector<float>{0, 2}));
  EXPECT_EQ(store[0].ids, (Ids{{1, 2, 3}, {}}));
  EXPECT_EQ(store[0].labels, (std::vector<float>{0.5f, -1}));
}

TEST(TokenStore, AFingerprintTellsDataApart) {
  const auto fingerprint = [](const Ids& ids, const std::vector<float>& labels) {
    TokenStore store({});
    add(store, ids, labels);
    return store.fingerprint();
  };
  const uint64_t one = fingerprint({{1, 2}, {3}}, {1});
  EXPECT_EQ(fingerprint({{1, 2}, {3}}, {1}), one);
  EXPECT_NE(fingerprint({{1}, {2, 3}}, {1}), one);
  EXPECT_NE(fingerprint({{1, 2}, {4}}, {1}), one);
  EXPECT_NE(fingerprint({{1, 2}, {3}}, {2}), one);
}

}  // namespace
}  // namespace sbert
