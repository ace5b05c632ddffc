#include <cstdlib>

#include <sbert/error.h>

#include "kernels/cpu_features.h"
#include "kernels/kernel_test.h"

namespace sbert::test {
namespace {

TEST(Dispatch, GenericIsAlwaysThereAndTheChosenOneIsAvailable) {
  const auto available = available_kernels();
  ASSERT_FALSE(available.empty());
  EXPECT_EQ(available.front(), &generic_kernels<float>());
  EXPECT_NE(std::find(available.begin(), available.end(), &kernels<float>()), available.end());
  EXPECT_EQ(kernel_isa_name(), kernels<float>().name);
  EXPECT_EQ(&kernels<double>(), &generic_kernels<double>());
}

TEST(Dispatch, FeaturesBuildOnEachOther) {
  const CpuFeatures& cpu = cpu_features();
  EXPECT_TRUE(cpu.avx2 || !cpu.avx512);
  EXPECT_TRUE(cpu.avx512 || !(cpu.avx512_bf16 || cpu.avx512_vnni || cpu.amx_bf16));
}

TEST(DispatchDeathTest, AnEnvironmentVariableForcesATable) {
  ::testing::GTEST_FLAG(death_test_style) = "threadsafe";  // the choice is made once a process
  for (const auto* table : available_kernels()) {
    EXPECT_EXIT(
        {
          setenv("SBERT_FORCE_ISA", table->name, 1);
          std::exit(&kernels<float>() == table ? 0 : 1);
        },
        ::testing::ExitedWithCode(0), "");
  }
}

TEST(DispatchDeathTest, AnUnknownTableIsAnErrorThatNamesTheKnown) {
  ::testing::GTEST_FLAG(death_test_style) = "threadsafe";
  const auto force_unknown = [] {
    setenv("SBERT_FORCE_ISA", "mmx", 1);
    try {
      kernels<float>();
    } catch (const Error& error) {
      const std::string message = error.what();
      std::exit(message.find("mmx") != std::string::npos && message.find("generic") != std::string::npos ? 0 : 1);
    }
    std::exit(2);
  };
  EXPECT_EXIT(force_unknown(), ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace sbert::test
