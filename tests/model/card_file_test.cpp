#include "model/card_file.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

class CardFile : public testing::Test {
 protected:
  CardFile() {
    std::filesystem::create_directories(fresh_);
    std::filesystem::create_directories(target_);
  }
  void place(const std::string& text) const { write_file_atomically(target_ / "README.md", text); }
  bool replaces() const {
    std::filesystem::remove(fresh_ / "README.md");
    write_card(sealed_card("new\n"), fresh_, target_);
    return file_exists(fresh_ / "README.md");
  }

  test::TemporaryDirectory directory_;
  std::filesystem::path fresh_ = directory_ / "fresh", target_ = directory_ / "target";
};

TEST_F(CardFile, ReplacesItsOwn) {
  EXPECT_TRUE(replaces());
  place(sealed_card("old\n"));
  EXPECT_TRUE(replaces());
  EXPECT_EQ(read_card(fresh_), sealed_card("new\n"));
}

TEST_F(CardFile, KeepsWhatSomebodyWroteOrChanged) {
  for (const std::string& text :
       {std::string("mine"), std::string(), sealed_card("old\n") + "mine", "mine" + sealed_card("old\n")}) {
    place(text);
    EXPECT_FALSE(replaces()) << text;
    EXPECT_EQ(read_card(target_), text);
    EXPECT_EQ(read_file(fresh_ / "README.generated.md"), sealed_card("new\n"));
  }
}

TEST_F(CardFile, OfAnotherDirectoryDoesNotComeBesideIt) {
  place("mine");
  write_card("theirs", fresh_, target_);
  EXPECT_TRUE(std::filesystem::is_empty(fresh_));
  write_card("", fresh_, directory_ / "nowhere");
  EXPECT_TRUE(std::filesystem::is_empty(fresh_));
}

TEST_F(CardFile, MayBeAnything) {
  std::filesystem::create_directory(target_ / "README.md");
  EXPECT_EQ(read_card(target_), "");
  EXPECT_FALSE(replaces());
}

}  // namespace
}  // namespace sbert
