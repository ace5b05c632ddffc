#include "cli/flags.h"

#include <gtest/gtest.h>

#include "cli/usage_error.h"

namespace sbert::cli {
namespace {

struct Options {
  std::string model;
  uint64_t count = 7;
  std::optional<double> rate;
  std::optional<bool> shuffle;
  bool quiet = false;
  std::vector<std::string> evals, texts;
};

class FlagsTest : public ::testing::Test {
 protected:
  FlagsTest() {
    flags.group("all");
    flags.value("--model", "M", options.model, "a model").required();
    flags.value("--count", "N", options.count, "a number");
    flags.value("--rate", "X", options.rate, "another");
    flags.toggle("--no-shuffle", options.shuffle, "in order", false);
    flags.toggle("--quiet", options.quiet, "silence");
    flags.values("--eval", "E", options.evals, "many");
    flags.arguments("TEXT", options.texts, "texts");
  }
  bool parse(const std::vector<std::string>& words) { return flags.parse(words); }
  std::string error(const std::vector<std::string>& words) {
    try {
      parse(words);
    } catch (const UsageError& error) {
      return error.what();
    }
    return "no error";
  }

  Options options;
  Flags flags;
};

TEST_F(FlagsTest, ReadsValuesInBothForms) {
  EXPECT_TRUE(parse({"--model", "a", "--count=12", "--rate", "-2e-5", "--no-shuffle", "--quiet"}));
  EXPECT_EQ(options.model, "a");
  EXPECT_EQ(options.count, 12u);
  EXPECT_EQ(options.rate, -2e-5);
  EXPECT_EQ(options.shuffle, false);
  EXPECT_TRUE(options.quiet);
  EXPECT_TRUE(flags.given("--rate"));
  EXPECT_FALSE(flags.given("--eval"));
}

TEST_F(FlagsTest, TextsMayHoldAnything) {
  parse({"--model=", "[a, b]", "", "-", "--model", "x=y", "--", "--quiet", "-c"});
  EXPECT_EQ(options.texts, (std::vector<std::string>{"[a, b]", "", "-", "--quiet", "-c"}));
  EXPECT_EQ(options.model, "x=y");
  EXPECT_FALSE(options.quiet);
}

TEST_F(FlagsTest, RepeatedFlags) {
  parse({"--model", "a", "--model", "b", "--eval", "1", "--eval", "2"});
  EXPECT_EQ(options.model, "b");
  EXPECT_EQ(options.evals, (std::vector<std::string>{"1", "2"}));
}

TEST_F(FlagsTest, SaysWhatIsWrong) {
  EXPECT_EQ(error({}), "--model is missing: --model M is a model");
  EXPECT_EQ(error({"--modle", "a"}), "unknown flag '--modle'; did you mean '--model'?");
  EXPECT_EQ(error({"--model", "a", "--count", "many"}), "--count: 'many' is not a whole number");
  EXPECT_EQ(error({"--model", "a", "--count", "-1"}), "--count: '-1' is not a whole number");
  EXPECT_EQ(error({"--model", "a", "--count", "99999999999999999999"}),
            "--count: '99999999999999999999' is not a whole number");
  EXPECT_EQ(error({"--model", "a", "--rate", "inf"}), "--rate: 'inf' is not a number");
  EXPECT_EQ(error({"--model"}), "--model needs a value: --model M");
  EXPECT_EQ(error({"--model", "--quiet"}), "--model needs a value: --model M");
  EXPECT_EQ(error({"--quiet=yes"}), "--quiet takes no value");
}

TEST_F(FlagsTest, HelpNeedsNothingElse) {
  EXPECT_FALSE(parse({"--count", "1", "--help"}));
  EXPECT_FALSE(parse({"-h"}));
}

TEST(Flags, ArgumentsAreReadBeforeFlags) {
  std::string value;
  Flags flags;
  flags.argument("FILE", "a file", [&value](std::string_view text) { value = text; });
  flags.value("--value", "V", value, "wins");
  flags.parse(std::vector<std::string>{"--value", "flag", "file"});
  EXPECT_EQ(value, "flag");
  EXPECT_THROW(flags.parse(std::vector<std::string>{"one", "two"}), UsageError);
}

}  // namespace
}  // namespace sbert::cli
