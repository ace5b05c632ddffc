#include <functional>
#include <string>

#include <gtest/gtest.h>

#include <sbert/error.h>

#include "text/tiny_tokenizer.h"
#include "text/tokenizer.h"

namespace sbert::text {
namespace {

struct Damage {
  const char* name;
  std::function<void(Json&)> apply;
  ErrorCode code;
  const char* says;
};

void PrintTo(const Damage& damage, std::ostream* out) {
  *out << damage.name;
}

class DamagedTokenizer : public testing::TestWithParam<Damage> {};

TEST_P(DamagedTokenizer, IsAOneLineErrorThatNamesFileAndPlace) {
  Json json = tiny_bert();
  GetParam().apply(json);
  try {
    make_tokenizer(json, "dir/tokenizer.json").encode("a");
    FAIL() << "was accepted";
  } catch (const Error& error) {
    const std::string message = error.what();
    EXPECT_EQ(error.code(), GetParam().code) << message;
    EXPECT_EQ(message.find("dir/tokenizer.json: "), 0u) << message;
    EXPECT_NE(message.find(GetParam().says), std::string::npos) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
}

constexpr auto kCorrupt = ErrorCode::corrupt_data;
constexpr auto kUnsupported = ErrorCode::unsupported;

const Damage kDamages[] = {
    {"NotAnObject", [](Json& j) { j = Json::array(); }, kCorrupt, "should be an object"},
    {"NoModel", [](Json& j) { j.erase("model"); }, kCorrupt, "'model' is missing"},
    {"ModelIsText", [](Json& j) { j["model"] = "WordPiece"; }, kCorrupt, "model"},
    {"NoVocabulary", [](Json& j) { j["model"].erase("vocab"); }, kCorrupt, "vocab"},
    {"VocabularyIsList", [](Json& j) { j["model"]["vocab"] = Json::array({"a"}); }, kCorrupt, "vocab"},
    {"IdIsText", [](Json& j) { j["model"]["vocab"]["un"] = "4"; }, kCorrupt, "token 'un'"},
    {"IdIsNull", [](Json& j) { j["model"]["vocab"]["un"] = nullptr; }, kCorrupt, "token 'un'"},
    {"IdIsNegative", [](Json& j) { j["model"]["vocab"]["un"] = -4; }, kCorrupt, "token 'un'"},
    {"IdIsHuge", [](Json& j) { j["model"]["vocab"]["un"] = 1LL << 40; }, kCorrupt, "token 'un'"},
    {"IdTwice", [](Json& j) { j["model"]["vocab"]["un"] = 7; }, kCorrupt, "id 7 is given to both"},
    {"NoUnknownToken", [](Json& j) { j["model"]["vocab"].erase("[UNK]"); }, kCorrupt, "[UNK]"},
    {"NoClsToken",
     [](Json& j) {
       j["model"]["vocab"].erase("[CLS]");
       j["added_tokens"].erase(2);
     },
     kCorrupt, "[CLS]"},
    {"ClsHasImpossibleId", [](Json& j) { j["post_processor"]["cls"][1] = 400; }, kCorrupt, "400"},
    {"ClsHasNegativeId", [](Json& j) { j["post_processor"]["cls"][1] = -1; }, kCorrupt, "'cls': -1"},
    {"UnknownModel", [](Json& j) { j["model"]["type"] = "Oracle"; }, kUnsupported, "'Oracle'"},
    {"UnknownNormalizer", [](Json& j) { j["normalizer"]["type"] = "Shout"; }, kUnsupported, "'Shout'"},
    {"UnknownPreTokenizer", [](Json& j) { j["pre_tokenizer"]["type"] = "Chop"; }, kUnsupported, "'Chop'"},
    {"ClassWithoutEnd",
     [](Json& j) {
       j["pre_tokenizer"] = {{"type", "Split"}, {"pattern", {{"Regex", "[a[b]"}}}, {"behavior", "Isolated"}};
     },
     kUnsupported, "a class of characters has no end"},
    {"UnknownProperty",
     [](Json& j) {
       j["pre_tokenizer"] = {{"type", "Split"}, {"pattern", {{"Regex", "\\p{Emoji}"}}}, {"behavior", "Isolated"}};
     },
     kUnsupported, "the property 'Emoji' is not known"},
    {"UnknownPostProcessor", [](Json& j) { j["post_processor"]["type"] = "Wrap"; }, kUnsupported, "'Wrap'"},
    {"NormalizerWithoutType", [](Json& j) { j["normalizer"].erase("type"); }, kCorrupt, "normalizer: 'type'"},
    {"NormalizerFlagIsText", [](Json& j) { j["normalizer"]["lowercase"] = "yes"; }, kCorrupt, "'lowercase'"},
    {"NormalizerIsList", [](Json& j) { j["normalizer"] = Json::array(); }, kCorrupt, "normalizer"},
    {"SequenceOfNothing",
     [](Json& j) {
       j["normalizer"] = {{"type", "Sequence"}};
     },
     kCorrupt, "'normalizers'"},
    {"PrefixIsNumber", [](Json& j) { j["model"]["continuing_subword_prefix"] = 2; }, kCorrupt, "continuing_subword"},
    {"AddedTokensAreAnObject", [](Json& j) { j["added_tokens"] = Json::object(); }, kCorrupt, "added_tokens"},
    {"AddedTokenWithoutContent", [](Json& j) { j["added_tokens"][0].erase("content"); }, kCorrupt, "'content'"},
    {"AddedTokenFlagIsText", [](Json& j) { j["added_tokens"][3]["lstrip"] = "yes"; }, kCorrupt, "'[SEP]': 'lstrip'"},
    {"SepIsText", [](Json& j) { j["post_processor"]["sep"] = "[SEP]"; }, kCorrupt, "'sep'"},
    {"TemplateAsksForMissingToken",
     [](Json& j) {
       j["post_processor"] = Json::parse(R"({"type": "TemplateProcessing", "special_tokens": {}, "pair": [],
           "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}]})");
     },
     kCorrupt, "'[CLS]'"},
    {"TemplateOfSomethingElse",
     [](Json& j) {
       j["post_processor"] = Json::parse(R"({"type": "TemplateProcessing", "special_tokens": {}, "pair": [],
           "single": [{"Sequence": {"id": "C", "type_id": 0}}]})");
     },
     kCorrupt, "single"},
};

INSTANTIATE_TEST_SUITE_P(Text, DamagedTokenizer, testing::ValuesIn(kDamages),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace sbert::text
