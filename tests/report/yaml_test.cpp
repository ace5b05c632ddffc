#include "report/yaml.h"

#include <cmath>

#include <gtest/gtest.h>

namespace sbert::report {
namespace {

std::string scalar(const OrderedJson& value) {
  const std::string line = to_yaml({{"k", value}});
  EXPECT_EQ(line.substr(0, 3), "k: ");
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  return line.substr(3, line.size() - 4);
}

TEST(Yaml, ListsAndObjectsAreBlocks) {
  const OrderedJson value{
      {"tags", {"a", "loss:CoSENTLoss"}},
      {"empty", OrderedJson::array()},
      {"model-index", {{{"name", "x y"}, {"results", {{{"task", {{"type", "t"}}}, {"k", {1, 2}}}}}}}}};
  EXPECT_EQ(to_yaml(value),
            "tags:\n- a\n- loss:CoSENTLoss\nempty: null\nmodel-index:\n- name: \"x y\"\n  results:\n  - task:\n      "
            "type: t\n"
            "    k:\n    - 1\n    - 2\n");
}

TEST(Yaml, TextThatCouldBeSomethingElseIsQuoted) {
  for (const char* text : {"yes", "NO", "null", "~",   "",           "1",     "1e5", ".5", "- a", "a: b", "a:", "#a",
                           " a",  "a ", "{a}",  "---", "2026-11-25", "12:30", "&a",  "*a", "!a",  "%a",   "`a", "@a"})
    EXPECT_EQ(scalar(text), '"' + std::string(text) + '"');
  for (const char* text : {"org/name", "dataset_size:5749", "spearman_cosine", "cosine_ndcg@10", "a-b.c"})
    EXPECT_EQ(scalar(text), text);
}

TEST(Yaml, TextEndsNoLine) {
  EXPECT_EQ(scalar("a\nb\r\n\t"), R"("a\u000ab\u000d\u000a\u0009")");
  EXPECT_EQ(scalar("say \"a\\b\""), R"("say \"a\\b\"")");
  EXPECT_EQ(scalar("\u0085\u2028\u2029\ufeff\u007f"), R"("\u0085\u2028\u2029\ufeff\u007f")");
  EXPECT_EQ(scalar("Gr\u00fc\u00dfe \U0001f600"), "\"Gr\u00fc\u00dfe \U0001f600\"");
  EXPECT_EQ(scalar("half \xc3"), "\"half \ufffd\"");
}

TEST(Yaml, NumbersAreNumbersInYaml11) {
  EXPECT_EQ(scalar(1e-5), "1.0e-05");
  EXPECT_EQ(scalar(1.5e-7), "1.5e-07");
  EXPECT_EQ(scalar(0.25), "0.25");
  EXPECT_EQ(scalar(3), "3");
  EXPECT_EQ(scalar(std::nan("")), "null");
  EXPECT_EQ(scalar(true), "true");
}

}  // namespace
}  // namespace sbert::report
