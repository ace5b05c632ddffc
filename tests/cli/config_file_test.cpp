#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/yaml.h"
#include "cli/train_settings.h"
#include "cli/usage_error.h"

namespace sbert::cli {
namespace {

namespace fs = std::filesystem;

class ConfigFileTest : public ::testing::Test {
 protected:
  ConfigFileTest() : path(fs::temp_directory_path() / concat("sbert-config-", ::getpid(), ".yaml")) {}
  ~ConfigFileTest() override { fs::remove(path); }

  TrainSettings read(const std::string& text) {
    std::ofstream(path) << text;
    TrainSettings settings;
    read_config(path, settings);
    return settings;
  }
  /// The message behind "<path>: ".
  std::string error(const std::string& text) {
    try {
      read(text);
    } catch (const std::runtime_error& error) {
      return std::string(error.what()).substr(path.string().size() + 2);
    }
    return "no error";
  }

  fs::path path;
};

TEST_F(ConfigFileTest, PromptsAreForAllColumnsOrForEach) {
  const std::vector<std::string> columns{"question", "answer"};
  const auto prompts = [&](const std::string& text) {
    return prompts_of_columns(*read("prompts: " + text).objective.prompts, columns);
  };
  using Strings = std::vector<std::string>;
  EXPECT_EQ(prompts("'so, here it is: '"), (Strings{"so, here it is: "}));
  EXPECT_EQ(prompts("['q: ', 'a: ']"), (Strings{"q: ", "a: "}));
  EXPECT_EQ(prompts("{answer: 'a, or not: ', question: 'q: '}"), (Strings{"q: ", "a, or not: "}));
  EXPECT_EQ(prompts("{answer: 'a: '}"), (Strings{"", "a: "}));
  EXPECT_THROW(prompts("{reply: 'a: '}"), UsageError);
  EXPECT_NE(error("freeze: {a: b}").find("should be a list"), std::string::npos);
}

TEST_F(ConfigFileTest, ReadsEverySetting) {
  const TrainSettings settings = read(R"(
model: sentence-transformers/all-MiniLM-L6-v2
output: runs/demo
epochs: 2
lr: 2e-5
warmup_ratio: 0.1
scheduler: constant
precision: f32
no_shuffle: true
batch_size: 8
objectives:
  - {data: stsb.jsonl, columns: {sentence1: a, sentence2: 6, score: score}, scale: {score: 0.2}, loss: CosineSimilarityLoss}
  - {data: pairs.csv, header: false, columns: [q, p], batch_size: 64,
     loss: {name: MatryoshkaLoss, matryoshka_dims: [384, 128], loss: {name: MultipleNegativesRankingLoss, scale: 20}}}
eval:
  - sts:dev.jsonl:a,b,score
  - {kind: ir, data: q.jsonl, columns: "query,answer", corpus: more.txt, similarity: [cosine, dot], name: qa}
)");
  EXPECT_EQ(settings.model, "sentence-transformers/all-MiniLM-L6-v2");
  EXPECT_EQ(settings.epochs, 2u);
  EXPECT_EQ(settings.learning_rate, 2e-5);
  EXPECT_EQ(settings.schedule, Schedule::constant);
  EXPECT_EQ(settings.precision, Precision::f32);
  EXPECT_EQ(settings.objective.data.shuffle, false);
  EXPECT_EQ(settings.objective.data.batch_size, 8u);
  EXPECT_FALSE(settings.seed.has_value());

  ASSERT_EQ(settings.objectives.size(), 2u);
  const ObjectiveSettings& scored = settings.objectives[0];
  ASSERT_EQ(scored.data.table.columns->list.size(), 3u);
  EXPECT_EQ(scored.data.table.columns->list[1].role, "sentence2");
  EXPECT_EQ(scored.data.table.columns->list[1].source, "6");
  EXPECT_EQ(scored.data.table.scale->text, "score=0.2");
  EXPECT_EQ(scored.loss->name, "CosineSimilarityLoss");
  const ObjectiveSettings& pairs = settings.objectives[1];
  EXPECT_EQ(pairs.data.table.header, false);
  EXPECT_EQ(pairs.data.batch_size, 64u);
  EXPECT_EQ(pairs.loss->options["matryoshka_dims"], Json::parse("[384, 128]"));
  EXPECT_EQ(pairs.loss->options["loss"]["scale"], 20);

  ASSERT_EQ(settings.evaluations.size(), 2u);
  EXPECT_EQ(settings.evaluations[0].kind, "sts");
  EXPECT_EQ(settings.evaluations[0].table.data, "dev.jsonl");
  EXPECT_EQ(settings.evaluations[1].name, "qa");
  EXPECT_EQ(settings.evaluations[1].similarity.size(), 2u);
}

TEST_F(ConfigFileTest, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(error("learning_rat: 1").substr(0, 27), "unknown key 'learning_rat';");
  EXPECT_EQ(error("epoch: 1"), "unknown key 'epoch'; did you mean 'epochs'?");
  EXPECT_EQ(error("epochs: many"), "'epochs': 'many' is not a whole number");
  EXPECT_EQ(error("epochs: [1]"), "'epochs': should be one value, not [1]");
  EXPECT_EQ(error("shuffle: 1"), "'shuffle': should be true or false, not 1");
  EXPECT_EQ(error("objectives: [{data: a, lose: X}]"),
            "'objectives': objective 1: unknown key 'lose'; did you mean 'loss'?");
  EXPECT_EQ(error("eval: [{kind: sts, columms: a}]"),
            "'eval': evaluation 1: unknown key 'columms'; did you mean 'columns'?");
  EXPECT_EQ(error("loss: {scale: 20}"), R"('loss': should be a name, or {name: ..., parameters}, not {"scale":20})");
  EXPECT_EQ(error("epochs: 1\nepochs: 2"), "line 2: 'epochs' is there twice");
  EXPECT_EQ(error("epochs: [1").substr(0, 25), "line 1: not valid YAML: e");
  EXPECT_EQ(error("- a"), "should be a list of 'key: value'");
}

TEST(Yaml, PlainWords) {
  EXPECT_EQ(plain_scalar("2e-5"), 2e-5);
  EXPECT_EQ(plain_scalar("-3"), -3);
  EXPECT_EQ(plain_scalar("true"), true);
  EXPECT_EQ(plain_scalar("~"), nullptr);
  EXPECT_EQ(plain_scalar("1.2.3"), "1.2.3");
  EXPECT_EQ(plain_scalar("nan"), "nan");
}

TEST_F(ConfigFileTest, AliasesCannotExplode) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string before = concat("*a", i - 1);
    bomb += concat("a", i, ": &a", i, " [", before);
    for (int j = 1; j < 10; ++j)
      bomb += ", " + before;
    bomb += "]\n";
  }
  EXPECT_EQ(error(bomb), "has more than 100000 values");
}

TEST(LossText, NameAndParameters) {
  LossSettings loss;
  read_value("MultipleNegativesRankingLoss:scale=20,name=x", loss);
  EXPECT_EQ(loss.name, "MultipleNegativesRankingLoss");
  EXPECT_EQ(loss.options, Json::parse(R"({"scale": 20, "name": "x"})"));
  EXPECT_THROW(read_value("L:scale", loss), UsageError);
}

TEST(EvaluationText, KindFileColumns) {
  EvaluationSettings evaluation;
  read_value("ir:dir/beir", evaluation);
  EXPECT_EQ(evaluation.table.data, "dir/beir");
  EXPECT_FALSE(evaluation.table.columns.has_value());
  for (const std::string data : {"rows.csv", "hf:acme/rows", "hf:acme/rows/pair@v1:dev"}) {
    read_value("sts:" + data, evaluation);
    EXPECT_EQ(evaluation.table.data, data);
  }
  for (const std::string& data :
       {std::string("rows.csv"), std::string("hf:rows:dev"), fs::temp_directory_path().string() + ":dev"}) {
    read_value("sts:" + data + ":a,b", evaluation);
    EXPECT_EQ(evaluation.table.data, data);
    EXPECT_EQ(evaluation.table.columns->list.size(), 2u);
  }
  for (const char* wrong : {"sts", "sts:", ":f", "sts:f:a:b", "sts:hf:rows:dev:a:b"})
    EXPECT_THROW(read_value(wrong, evaluation), UsageError) << wrong;
}

}  // namespace
}  // namespace sbert::cli
