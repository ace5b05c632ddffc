#include "kernels/dropout.inl"

#include <algorithm>

#include "kernels/kernel_test.h"

namespace sbert::test {
namespace {

/// The answers published with the generator (Random123, kat_vectors).
TEST(Philox, KnownAnswers) {
  const auto check = [](uint64_t block, uint64_t stream, uint64_t key, std::vector<uint32_t> expected) {
    uint32_t words[kPhiloxWords];
    philox(block, stream, key, words);
    EXPECT_EQ(
        (std::vector<uint32_t>{words[0], words[kPhiloxBlocks], words[2 * kPhiloxBlocks], words[3 * kPhiloxBlocks]}),
        expected);
  };
  check(0, 0, 0, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  check(~0ull, ~0ull, ~0ull, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  check(0x85a308d3243f6a88, 0x0370734413198a2e, 0x299f31d0a4093822, {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

using Dropout = KernelTest;
SBERT_FOR_EACH_KERNEL_TABLE(Dropout);

std::vector<float> mask_of(const KernelTable<float>& table, const DropoutMask& mask, uint64_t index, int64_t n) {
  const std::vector<float> ones(static_cast<size_t>(n), 1.f);
  Buffer<float> y(n, 3);
  table.dropout(ones.data(), n, mask, index, y);
  EXPECT_TRUE(y.guard_is_intact());
  return y.values();
}

TEST_P(Dropout, DropsWithItsProbabilityAndScalesTheRest) {
  constexpr int64_t kCount = 1 << 20;
  for (const float p : {0.1f, 0.5f, 0.9f}) {
    const std::vector<float> y = mask_of(table(), {p, 1, 2}, 0, kCount);
    const auto dropped = static_cast<double>(std::count(y.begin(), y.end(), 0.f));
    const double deviation = std::sqrt(kCount * double(p) * (1 - double(p)));
    EXPECT_NEAR(dropped, kCount * double(p), 4 * deviation);
    for (const float v : y) {
      if (v != 0) {
        ASSERT_FLOAT_EQ(v, 1 / (1 - p));
      }
    }
    // Neighbours are independent.
    double pairs = 0;
    for (size_t i = 1; i < y.size(); ++i)
      pairs += y[i] == 0 && y[i - 1] == 0;
    EXPECT_NEAR(pairs, kCount * double(p) * double(p), 6 * std::sqrt(kCount * double(p) * double(p)));
  }
}

TEST_P(Dropout, NoneAndAll) {
  for (const float v : mask_of(table(), {0, 1, 2}, 5, 1000))
    EXPECT_EQ(v, 1.f);
  for (const float v : mask_of(table(), {1, 1, 2}, 5, 1000))
    EXPECT_EQ(v, 0.f);
}

TEST_P(Dropout, AnyRangeIsASliceOfTheWhole) {
  const DropoutMask mask{0.3f, 99, 1ull << 40};
  constexpr uint64_t kBegin = (1ull << 34) - 500;  // the counter carries into its second word inside the range
  const std::vector<float> whole = mask_of(table(), mask, kBegin, 1500);
  for (const int64_t n : kSizes) {
    for (const int64_t offset : {0, 1, 2, 3, 61, 64, 333}) {
      const std::vector<float> slice = mask_of(table(), mask, kBegin + static_cast<uint64_t>(offset), n);
      ASSERT_TRUE(std::equal(slice.begin(), slice.end(), whole.begin() + offset)) << n << " at " << offset;
    }
  }
}

TEST_P(Dropout, EveryTableMakesTheSameMask) {
  const DropoutMask mask{0.1f, 3, 4};
  const std::vector<float> ours = mask_of(table(), mask, 17, 1000);
  EXPECT_TRUE(same_bits(ours, mask_of(generic_kernels<float>(), mask, 17, 1000)));
}

TEST_P(Dropout, StreamsAndKeysDiffer) {
  const std::vector<float> one = mask_of(table(), {0.5f, 1, 1}, 0, 1000);
  for (const DropoutMask& other :
       {DropoutMask{0.5f, 1, 2}, DropoutMask{0.5f, 2, 1}, DropoutMask{0.5f, 1ull << 32, 1}}) {
    const std::vector<float> y = mask_of(table(), other, 0, 1000);
    int64_t equal = 0;
    for (size_t i = 0; i < y.size(); ++i)
      equal += y[i] == one[i];
    EXPECT_NEAR(static_cast<double>(equal), 500, 100);
  }
}

TEST_P(Dropout, InPlaceAndNan) {
  const Buffer<float> x(random_values<float>(1000, 1));
  Buffer<float> y(1000), in_place(x.values());
  table().dropout(x.data(), 1000, {0.5f, 1, 2}, 3, y);
  table().dropout(in_place, 1000, {0.5f, 1, 2}, 3, in_place);
  EXPECT_TRUE(same_bits(y.values(), in_place.values()));
  in_place[500] = std::numeric_limits<float>::quiet_NaN();
  table().dropout(in_place, 1000, {0.99f, 1, 2}, 3, in_place);
  EXPECT_TRUE(std::isnan(in_place[500]));
}

}  // namespace
}  // namespace sbert::test
