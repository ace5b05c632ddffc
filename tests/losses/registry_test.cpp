#include "losses/registry.h"

#include <set>

#include <gtest/gtest.h>

#include "losses/loss.h"
#include "support/errors.h"
#include "support/goldens.h"

namespace sbert {
namespace {

class LossRegistry : public testing::Test {
 protected:
  losses::Loss make(const std::string& name, const Json& options = Json::object()) const {
    return losses::make_loss(name, options, model_);
  }
  void expect_error(const std::string& name, const Json& options, const std::vector<std::string>& parts) const {
    test::expect_error([&] { make(name, options); }, ErrorCode::invalid_argument, parts);
  }

  SentenceTransformer model_{test::engine_golden("model").string()};
};

TEST_F(LossRegistry, NamesWhatItKnows) {
  expect_error("NoSuchLoss", Json::object(), {"NoSuchLoss", "CosineSimilarityLoss, ", "TripletLoss"});
  expect_error("CosineSimilarityLoss", {{"margin", 1}}, {"no option 'margin'", "it has: none"});
  expect_error("ContrastiveLoss", {{"margins", 1}}, {"no option 'margins'", "distance_metric, margin, size_average"});
}

TEST_F(LossRegistry, NamesWhatAnOptionTakes) {
  expect_error("MultipleNegativesRankingLoss", {{"scale", "high"}}, {"scale must be a number, not \"high\""});
  expect_error("MultipleNegativesRankingLoss", {{"scale", -1}}, {"scale must be positive, not -1"});
  expect_error("ContrastiveLoss", {{"size_average", 1}}, {"size_average must be true or false, not 1"});
  expect_error("TripletLoss", {{"distance_metric", "chebyshev"}},
               {"distance_metric must be one of cosine, euclidean, manhattan, not \"chebyshev\""});
  expect_error("MSELoss", {{"projection_dim", 0}}, {"projection_dim must be a whole number, at least 1, not 0"});
  expect_error("DistillKLDivLoss", {{"student_temperature", 0}}, {"student_temperature must be positive, not 0"});
}

TEST_F(LossRegistry, OptionsMustGoTogether) {
  expect_error("MultipleNegativesRankingLoss", {{"directions", "doc_to_doc"}}, {"directions must have query_to_doc"});
  expect_error("MultipleNegativesRankingLoss", {{"directions", {"query_to_doc", "sideways"}}},
               {"directions must be one of query_to_doc, query_to_query, doc_to_query, doc_to_doc, not \"sideways\""});
  expect_error("MultipleNegativesRankingLoss",
               {{"directions", {"query_to_doc", "doc_to_doc"}}, {"partition_mode", "per_direction"}},
               {"need partition_mode joint"});
  expect_error("GISTEmbedLoss", Json::object(), {"GISTEmbedLoss needs a guide"});
  expect_error("GlobalOrthogonalRegularizationLoss", {{"mean_weight", 0}, {"second_moment_weight", 0}},
               {"mean_weight or second_moment_weight must be other than 0"});
  expect_error("MatryoshkaLoss", {{"matryoshka_dims", {32}}}, {"loss must be the loss it wraps"});
  expect_error("MatryoshkaLoss", {{"loss", "NoSuchLoss"}, {"matryoshka_dims", {32}}}, {"unknown loss 'NoSuchLoss'"});
  expect_error("MatryoshkaLoss", {{"loss", {{"name", "CoSENTLoss"}, {"margin", 1}}}, {"matryoshka_dims", {32}}},
               {"CoSENTLoss has no option 'margin'"});
  expect_error("MatryoshkaLoss", {{"loss", "CoSENTLoss"}}, {"needs matryoshka_dims"});
  expect_error("MatryoshkaLoss", {{"loss", "CoSENTLoss"}, {"matryoshka_dims", {32, 33}}},
               {"from 1 to the model's 32, not 33"});
  expect_error("MatryoshkaLoss", {{"loss", "CoSENTLoss"}, {"matryoshka_dims", {32, 8}}, {"matryoshka_weights", 1}},
               {"2 matryoshka_dims and 1 matryoshka_weights"});
  expect_error("MatryoshkaLoss", {{"loss", "SoftmaxLoss"}, {"matryoshka_dims", {32, 8}}},
               {"cannot wrap", "SoftmaxLoss"});
  expect_error("AdaptiveLayerLoss", {{"loss", {{"name", "AdaptiveLayerLoss"}, {"loss", "CoSENTLoss"}}}},
               {"cannot wrap AdaptiveLayerLoss"});
  expect_error("SoftmaxLoss", {{"concatenation_sent_rep", false}, {"concatenation_sent_difference", false}},
               {"at least one of concatenation_sent_rep"});
  EXPECT_THROW(losses::BatchAllTripletLoss(model_, {.distance_metric = losses::DistanceMetric::manhattan}), Error);
}

TEST_F(LossRegistry, TheDataDecidesHowManyClassesThereAre) {
  const auto parameters = [](const losses::Loss& loss) { return loss.implementation()->parameters(); };
  const auto loss = make("SoftmaxLoss");
  EXPECT_TRUE(parameters(loss).empty());
  loss.implementation()->prepare(std::vector<float>{0, 3, 1}, 1);
  ASSERT_EQ(parameters(loss).size(), 2U);
  EXPECT_EQ(parameters(loss)[0]->rows(), 4);
  EXPECT_EQ(parameters(loss)[0]->cols(), 3 * 32);
  const float first = *parameters(loss)[0]->value.data<float>();
  EXPECT_NE(first, 0);
  loss.implementation()->prepare(std::vector<float>{0, 3, 1}, 2);  // another training goes on
  EXPECT_EQ(*parameters(loss)[0]->value.data<float>(), first);
  test::expect_error(
      [&] {
        make("SoftmaxLoss").implementation()->prepare(std::vector<float>{0, 3e38F}, 1);
      },
      ErrorCode::invalid_argument, {"SoftmaxLoss", "the class 3e+38"});
  EXPECT_EQ(make("SoftmaxLoss", {{"num_labels", 3}}).implementation()->columns().max_label, 2);
}

TEST_F(LossRegistry, SoftmaxClassifiesByItsHead) {
  const auto loss =
      make("AdaptiveLayerLoss", {{"loss", {{"name", "SoftmaxLoss"}, {"num_labels", 2}}}}).implementation();
  ASSERT_TRUE(loss->classifies());
  const std::vector<ParameterPtr> head = loss->parameters();
  // The first class counts the first number of u, the second the last of |u - v|.
  head[0]->value.data<float>()[0] = 1;
  head[0]->value.data<float>()[2 * 96 - 1] = 1;
  head[1]->value.data<float>()[1] = 0.5F;
  Embeddings u(2, 32), v(2, 32);
  u[0][0] = 2;
  u[1][31] = 1;
  v[1][31] = 4;
  const Embeddings scores = loss->classify({u, v});
  ASSERT_EQ(scores.dimension(), 2U);
  EXPECT_EQ(std::vector<float>(scores.data(), scores.data() + 4), (std::vector<float>{2, 0.5F, 0, 3.5F}));

  EXPECT_THROW(loss->classify({u}), Error);
  EXPECT_THROW(loss->classify({u, Embeddings(1, 32)}), Error);
  EXPECT_THROW(loss->classify({u, Embeddings(2, 16)}), Error);
  EXPECT_THROW(make("SoftmaxLoss").implementation()->classify({u, v}), Error);  // how many classes?
  EXPECT_FALSE(make("CoSENTLoss").implementation()->classifies());
  EXPECT_THROW(make("CoSENTLoss").implementation()->classify({u, v}), Error);
}

TEST_F(LossRegistry, LayersAreDrawn) {
  const auto layers = [&](int64_t count, uint64_t seed) {
    const auto loss = make("AdaptiveLayerLoss", {{"loss", "CoSENTLoss"}, {"n_layers_per_step", count}});
    return loss.implementation()->prior_layers(6, seed);
  };
  EXPECT_EQ(layers(-1, 1), (std::vector<int64_t>{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(layers(9, 1), layers(-1, 1));
  EXPECT_EQ(layers(2, 1), layers(2, 1));
  std::set<int64_t> drawn;
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const auto two = layers(2, seed);
    ASSERT_EQ(two.size(), 2U);
    EXPECT_LT(two[0], two[1]);
    drawn.insert(two.begin(), two.end());
  }
  EXPECT_EQ(drawn.size(), 6U);
}

TEST_F(LossRegistry, NullIsTheDefault) {
  EXPECT_EQ(make("TripletLoss", {{"distance_metric", nullptr}}).implementation()->config(),
            make("TripletLoss").implementation()->config());
}

TEST_F(LossRegistry, IsSortedAndComplete) {
  const auto entries = losses::all_losses();
  for (size_t i = 0; i < entries.size(); ++i) {
    const losses::LossEntry& entry = *entries[i];
    const std::string before = i > 0 ? entries[i - 1]->name : "";
    EXPECT_LT(before, entry.name);
    EXPECT_STRNE(entry.summary, "");
    EXPECT_STRNE(entry.data, "");
  }
}

TEST_F(LossRegistry, LabelsMustFitTheColumns) {
  const auto expect_shape_error = [&](const char* name, size_t inputs, size_t labels, const std::string& part) {
    test::expect_error([&] { make(name).implementation()->check_shape(inputs, labels); }, ErrorCode::invalid_argument,
                       {name, part});
  };
  expect_shape_error("AnglELoss", 2, 0, "needs a score with pairs");
  expect_shape_error("MarginMSELoss", 4, 1, "2 differences of a teacher's scores, or its 3 scores");
  expect_shape_error("DistillKLDivLoss", 4, 2, "each of the 3 candidates");
  expect_shape_error("MSELoss", 2, 33, "embedding of 32 numbers");
}

}  // namespace
}  // namespace sbert
