#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <sbert/embeddings.h>
#include <sbert/similarity.h>

namespace sbert {

class SentenceTransformer;

/// Training losses, with the names, formulas and defaults of sentence-transformers; docs/losses.md says which loss is
/// for which data, and where one differs from Python. u, v, a, p, n are embeddings, y is a label, B rows are a batch.
/// Constructors throw invalid_argument for options that make no sense.
namespace losses {

class LossFunction;  // the implementation behind a handle; not part of the public API

/// A handle to a training loss. The model is taken to read as in the tutorial and to check dimensions early.
class Loss {
 public:
  explicit Loss(std::shared_ptr<LossFunction> implementation) : implementation_(std::move(implementation)) {}
  const std::shared_ptr<LossFunction>& implementation() const { return implementation_; }

 private:
  std::shared_ptr<LossFunction> implementation_;
};

enum class DistanceMetric {
  cosine,     ///< 1 - cos(u, v)
  euclidean,  ///< |u - v|_2
  manhattan,  ///< |u - v|_1
};

// --- pairs with a score or a label
// ------------------------------------------------------------------------------------

/// mean_i (cos(u_i, v_i) - y_i)^2. Columns: (text, text), score in [-1, 1].
class CosineSimilarityLoss : public Loss {
 public:
  explicit CosineSimilarityLoss(const SentenceTransformer& model);
};

struct CoSENTOptions {
  double scale = 20;
  SimilarityFunction similarity_fct = SimilarityFunction::cosine;
};

/// log(1 + sum over i, j with y_i > y_j of exp(scale (s_j - s_i))), s_i = cos(u_i, v_i): pairs with a higher score get
/// a higher cosine (Huang et al. 2024). Columns: (text, text), score.
class CoSENTLoss : public Loss {
 public:
  explicit CoSENTLoss(const SentenceTransformer& model, const CoSENTOptions& options = {});
};

struct AnglEOptions {
  double scale = 20;
};

/// CoSENTLoss on s_i = |cos(u_i, v_i) + sin(u_i, v_i)|, where embeddings are complex numbers, the first half real and
/// the second imaginary (Li & Li 2024). Columns: (text, text), score; or (anchor, positive, negative ...), perhaps with
/// the score of the positive (1), those of the negatives being 1 minus it.
class AnglELoss : public Loss {
 public:
  explicit AnglELoss(const SentenceTransformer& model, const AnglEOptions& options = {});
};

struct ContrastiveOptions {
  DistanceMetric distance_metric = DistanceMetric::cosine;
  double margin = 0.5;
  bool size_average = true;  ///< The mean over the batch, not the sum.
};

/// mean_i 1/2 (y_i d_i^2 + (1 - y_i) max(0, margin - d_i)^2), d_i = distance(u_i, v_i) (Hadsell et al. 2006). As in
/// torch, 1e-6 is added to each difference of a euclidean or manhattan distance. Columns: (text, text), 1 or 0.
class ContrastiveLoss : public Loss {
 public:
  explicit ContrastiveLoss(const SentenceTransformer& model, const ContrastiveOptions& options = {});
};

struct OnlineContrastiveOptions {
  DistanceMetric distance_metric = DistanceMetric::cosine;
  double margin = 0.5;
};

/// sum d_i^2 over positives that are farther apart than the nearest negatives + sum max(0, margin - d_i)^2 over
/// negatives that are nearer than the farthest positives: ContrastiveLoss on hard pairs; a sum, not a mean. Where the
/// batch has only one kind, those beyond their own mean are hard. Columns: (text, text), 1 or 0.
class OnlineContrastiveLoss : public Loss {
 public:
  explicit OnlineContrastiveLoss(const SentenceTransformer& model, const OnlineContrastiveOptions& options = {});
};

// --- pairs, triplets, and more candidates, without a label
// ------------------------------------------------------------

struct MultipleNegativesRankingOptions {
  enum class Direction {
    query_to_doc,    ///< anchor i with all positives and negatives; always there
    query_to_query,  ///< anchor i with the other anchors
    doc_to_query,    ///< positive i with all anchors
    doc_to_doc,      ///< positive i with all positives and negatives of other rows
  };
  enum class Partition {
    joint,          ///< one soft-max over all directions
    per_direction,  ///< one for each, averaged; not for query_to_query and doc_to_doc, which hold no positive
  };
  /// Negatives of which hardness_strength * similarity is added to the logit, as a constant.
  enum class Hardness { in_batch_negatives, hard_negatives, all_negatives };

  double scale = 20;  ///< Inverse temperature.
  SimilarityFunction similarity_fct = SimilarityFunction::cosine;
  std::vector<Direction> directions{Direction::query_to_doc};
  Partition partition_mode = Partition::joint;
  std::optional<Hardness> hardness_mode{};
  double hardness_strength = 0;
};

/// Cross entropy of scale * cos(anchor_i, candidate_j) with j = i right: every other row's positive, and every given
/// hard negative, is a negative (InfoNCE; Henderson et al. 2017). With all directions it is GTE's improved contrastive
/// loss (Li et al. 2023). Columns: (anchor, positive[, negative ...]), no label.
class MultipleNegativesRankingLoss : public Loss {
 public:
  explicit MultipleNegativesRankingLoss(const SentenceTransformer& model,
                                        const MultipleNegativesRankingOptions& options = {});
};

struct MultipleNegativesSymmetricRankingOptions {
  double scale = 20;
  SimilarityFunction similarity_fct = SimilarityFunction::cosine;
};

/// MultipleNegativesRankingLoss with the directions query_to_doc and doc_to_query, a soft-max for each.
class MultipleNegativesSymmetricRankingLoss : public Loss {
 public:
  explicit MultipleNegativesSymmetricRankingLoss(const SentenceTransformer& model,
                                                 const MultipleNegativesSymmetricRankingOptions& options = {});
};

struct GISTEmbedOptions {
  enum class MarginStrategy {
    absolute,  ///< a candidate is left out from the positive's similarity - margin on
    relative,  ///< ... * (1 - margin) on
  };
  double temperature = 0.01;
  MarginStrategy margin_strategy = MarginStrategy::absolute;
  double margin = 0;
  bool contrast_anchors = true;    ///< Other anchors are candidates, too.
  bool contrast_positives = true;  ///< The positive is compared with other positives, too.
};

/// MultipleNegativesRankingLoss without those candidates that a guide, another model which is not trained, finds more
/// similar to the anchor than its positive (Solatorio 2024). Columns: (anchor, positive[, negative ...]), no label.
class GISTEmbedLoss : public Loss {
 public:
  GISTEmbedLoss(const SentenceTransformer& model, const SentenceTransformer& guide,
                const GISTEmbedOptions& options = {});
};

// Every loss is computed in pieces where memory is short (FitOptions::memory_budget), with the same gradients; Python
// has losses of their own for that.
using CachedMultipleNegativesRankingLoss = MultipleNegativesRankingLoss;
using CachedMultipleNegativesSymmetricRankingLoss = MultipleNegativesSymmetricRankingLoss;
using CachedGISTEmbedLoss = GISTEmbedLoss;

struct GlobalOrthogonalRegularizationOptions {
  enum class Aggregation { mean, sum };
  SimilarityFunction similarity_fct = SimilarityFunction::cosine;
  double mean_weight = 1;                       ///< 0: without it.
  double second_moment_weight = 1;              ///< 0: without it.
  Aggregation aggregation = Aggregation::mean;  ///< Of columns.
};

/// mean_weight m_1^2 + second_moment_weight max(0, m_2 - 1 / D), m_1 and m_2 being the means of cos and cos^2 over
/// pairs of different rows of a column, as they are for directions drawn at random (Zhang et al. 2017). To be trained
/// beside another loss. Columns: (text ...), no label.
class GlobalOrthogonalRegularizationLoss : public Loss {
 public:
  explicit GlobalOrthogonalRegularizationLoss(const SentenceTransformer& model,
                                              const GlobalOrthogonalRegularizationOptions& options = {});
};

struct TripletOptions {
  DistanceMetric distance_metric = DistanceMetric::euclidean;
  double triplet_margin = 5;
};

/// mean_i max(0, distance(a_i, p_i) - distance(a_i, n_i) + triplet_margin). Columns: (anchor, positive, negative), no
/// label.
class TripletLoss : public Loss {
 public:
  explicit TripletLoss(const SentenceTransformer& model, const TripletOptions& options = {});
};

struct MegaBatchMarginOptions {
  double positive_margin = 0.8;
  double negative_margin = 0.3;
};

/// mean_i max(0, positive_margin - cos(a_i, p_i)) + max(0, max_{j != i} cos(a_i, p_j) - negative_margin): the hardest
/// negative of a large batch (500 and more; Wieting & Gimpel 2018). Columns: (anchor, positive), no label.
class MegaBatchMarginLoss : public Loss {
 public:
  explicit MegaBatchMarginLoss(const SentenceTransformer& model, const MegaBatchMarginOptions& options = {});
};

// --- texts with a class
// -----------------------------------------------------------------------------------------------

struct BatchTripletOptions {
  DistanceMetric distance_metric = DistanceMetric::euclidean;  ///< Or cosine.
  double margin = 5;
};

/// mean_i max(0, max_j d(i, j) - min_k d(i, k) + margin), j of the class of i and k of another (Hermans et al. 2017).
/// The batch should hold several texts of each class. Columns: (text), class 0, 1, ...
class BatchHardTripletLoss : public Loss {
 public:
  explicit BatchHardTripletLoss(const SentenceTransformer& model, const BatchTripletOptions& options = {});
};

struct BatchHardSoftMarginTripletOptions {
  DistanceMetric distance_metric = DistanceMetric::euclidean;  ///< Or cosine.
};

/// mean_i log(1 + exp(max_j d(i, j) - min_k d(i, k))): BatchHardTripletLoss without a margin to choose.
class BatchHardSoftMarginTripletLoss : public Loss {
 public:
  explicit BatchHardSoftMarginTripletLoss(const SentenceTransformer& model,
                                          const BatchHardSoftMarginTripletOptions& options = {});
};

/// The mean of max(0, d(i, j) - d(i, k) + margin) over pairs i, j of a class, k being the nearest text of another class
/// that is farther from i than j; if there is none, the farthest. Columns as of BatchHardTripletLoss.
class BatchSemiHardTripletLoss : public Loss {
 public:
  explicit BatchSemiHardTripletLoss(const SentenceTransformer& model, const BatchTripletOptions& options = {});
};

/// The mean of d(i, j) - d(i, k) + margin over all triplets in which it is positive. Columns as of
/// BatchHardTripletLoss.
class BatchAllTripletLoss : public Loss {
 public:
  explicit BatchAllTripletLoss(const SentenceTransformer& model, const BatchTripletOptions& options = {});
};

struct SoftmaxOptions {
  std::optional<size_t> num_labels{};  ///< Empty: as many as the data has.
  bool concatenation_sent_rep = true;
  bool concatenation_sent_difference = true;
  bool concatenation_sent_multiplication = false;
};

/// Cross entropy of W [u; v; |u - v|; u * v] + b with the class, of which parts the options choose (Reimers & Gurevych
/// 2019). W and b are trained beside the model, which does not keep them; another training goes on with them. Columns:
/// (text, text), class 0, 1, ...
class SoftmaxLoss : public Loss {
 public:
  explicit SoftmaxLoss(const SentenceTransformer& model, const SoftmaxOptions& options = {});
  /// Scores of each class [rows, classes], given the embeddings of both columns: the classifier of a
  /// LabelAccuracyEvaluator, also while it is trained. THROWS: invalid_argument for other shapes, and while it is not
  /// known how many classes there are (num_labels, else training).
  Embeddings classify(const std::vector<Embeddings>& columns) const;
};

// --- what a teacher says
// ----------------------------------------------------------------------------------------------

struct MSEOptions {
  /// A linear layer to the teacher's dimension is trained beside the model, which does not keep it.
  std::optional<size_t> projection_dim{};
};

/// The mean over the columns of mean (u - t)^2, t being the teacher's embedding (Reimers & Gurevych 2020). Columns:
/// (text ...), labels: the teacher's embedding, or one for each text, one after the other.
class MSELoss : public Loss {
 public:
  explicit MSELoss(const SentenceTransformer& model, const MSEOptions& options = {});
};

struct EmbedDistillOptions {
  enum class Metric {
    mse,     ///< mean (u - t)^2
    l2,      ///< mean |u - t|
    cosine,  ///< mean 1 - cos(u, t)
  };
  Metric distance_metric = Metric::cosine;
  std::optional<size_t> projection_dim{};  ///< As in MSEOptions.
};

/// MSELoss with other distances (Kim et al. 2023). Columns and labels as there.
class EmbedDistillLoss : public Loss {
 public:
  explicit EmbedDistillLoss(const SentenceTransformer& model, const EmbedDistillOptions& options = {});
};

struct MarginMSEOptions {
  SimilarityFunction similarity_fct = SimilarityFunction::dot;
};

/// mean over rows i and negatives k of (s(q_i, p_i) - s(q_i, n_ik) - m_ik)^2 (Hofstätter et al. 2021). Columns: (query,
/// positive, negative ...), labels: the teacher's scores of all candidates, or the differences m.
class MarginMSELoss : public Loss {
 public:
  explicit MarginMSELoss(const SentenceTransformer& model, const MarginMSEOptions& options = {});
};

struct DistillKLDivOptions {
  SimilarityFunction similarity_fct = SimilarityFunction::dot;
  double temperature = 1;
  std::optional<double> student_temperature{}, teacher_temperature{};  ///< Empty: temperature.
};

/// mean_i KL(softmax(t_i / T_teacher) || softmax(s_i / T_student)) * T_student^2 over the scores s_i = s(q_i,
/// candidates) and a teacher's t_i (Lin et al. 2020). Columns: (query, positive, negative ...), labels: t for each
/// candidate.
class DistillKLDivLoss : public Loss {
 public:
  explicit DistillKLDivLoss(const SentenceTransformer& model, const DistillKLDivOptions& options = {});
};

// --- losses around another loss
// ---------------------------------------------------------------------------------------

struct MatryoshkaOptions {
  std::vector<int64_t> matryoshka_dims{};    ///< Up to the model's dimension; needed.
  std::vector<double> matryoshka_weights{};  ///< One for each; empty: 1.
  int64_t n_dims_per_step = -1;              ///< So many of them at random in each step; -1: all.
};

/// sum over d of weight_d * loss(the first d numbers of each embedding, normalised): embeddings that may be cut
/// (Kusupati et al. 2022). A teacher's embeddings are cut, too. Columns as of `loss`.
class MatryoshkaLoss : public Loss {
 public:
  MatryoshkaLoss(const SentenceTransformer& model, const Loss& loss, const MatryoshkaOptions& options);
};

struct AdaptiveLayerOptions {
  enum class LayerWeighting {
    uniform,  ///< 1
    log,      ///< 1 / (1 + log(l + 1))
    linear,   ///< 1 / (l + 1)
  };
  int64_t n_layers_per_step = 1;  ///< So many earlier layers at random in each step; -1: all.
  double last_layer_weight = 1;
  double prior_layers_weight = 1;
  double kl_div_weight = 1;
  double kl_temperature = 0.3;  ///< 0: without the divergence.
  LayerWeighting layer_weighting = LayerWeighting::uniform;
};

/// last_layer_weight * loss(embeddings) + sum over n layers l of prior_layers_weight * weight_l / n * loss(embeddings
/// of what goes into layer l) + kl_div_weight * T * KL(softmax(embeddings / T) || softmax(embeddings of l / T)), the
/// first being a constant: a model that may lose its last layers (Li et al. 2024). Columns as of `loss`. Batches are
/// never computed in pieces. THROWS: invalid_argument if the model has no layers.
class AdaptiveLayerLoss : public Loss {
 public:
  AdaptiveLayerLoss(const SentenceTransformer& model, const Loss& loss, const AdaptiveLayerOptions& options = {});
};

struct Matryoshka2dOptions {
  MatryoshkaOptions dims{.n_dims_per_step = 1};
  AdaptiveLayerOptions layers{};
};

/// AdaptiveLayerLoss of a MatryoshkaLoss of `loss`.
class Matryoshka2dLoss : public Loss {
 public:
  Matryoshka2dLoss(const SentenceTransformer& model, const Loss& loss, const Matryoshka2dOptions& options);
};

}  // namespace losses
}  // namespace sbert
