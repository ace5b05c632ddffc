#!/usr/bin/env python3
"""Writes tests/goldens/losses/: what Python sentence-transformers' losses say of random embeddings.

Run with a Python that has sentence-transformers 6.2.0 (with its [train] extra):
    python tools/goldens/make_loss_goldens.py tests/goldens/losses
tests/goldens/losses/README.md, which this script writes too, says what is in each file.

Every loss is called as a user calls it, on a model that hands out given embeddings. All is computed in double from
numbers that a float holds, so these are the true values and a test measures its own error only.
"""
import dataclasses
import json
import pathlib
import sys
import unittest.mock

import torch
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer, util
from sentence_transformers.base.modules import Transformer
from sentence_transformers.sentence_transformer import losses
from sentence_transformers.sentence_transformer.losses.batch_hard_triplet import BatchHardTripletLossDistanceFunction
from sentence_transformers.sentence_transformer.losses.contrastive import SiameseDistanceMetric
from sentence_transformers.sentence_transformer.losses.triplet import TripletDistanceMetric
from transformers import PreTrainedTokenizerBase

README = """Made by tools/goldens/make_loss_goldens.py with Python sentence-transformers {version}; do not edit.

`cases.json` lists cases: `name`, `loss` and `options` as a recipe names them, the number of `columns`, how many `layers` there are before the last, the `value`, and `smooth`, whether
differences give the gradient (they do not at kinks, nor where a loss takes a part of itself for a constant). `cases.safetensors` has for each `<name>.column<c>` [rows, 32] and the loss's `<name>.gradient<c>` in it, and
where there are such `<name>.guide<c>` [rows, 8], the guide's embeddings, `<name>.labels` [rows, labels a row] and, of a loss that learns a linear layer itself, `<name>.head.<parameter>`
and the loss's `<name>.head_gradient.<parameter>`; `<name>.layer<l>.column<c>` and `<name>.layer<l>.gradient<c>` are those of earlier layers.

`through_model.json`: losses of texts through ../engine/model, the `value` and the length of the gradient of all parameters.
"""

ROOT = pathlib.Path(__file__).resolve().parents[2]
DIMENSION = 32


@dataclasses.dataclass
class Case:
    name: str
    loss: str
    options: dict = dataclasses.field(default_factory=dict)
    columns: int = 2
    rows: int = 7
    labels: object = None  # a function of a generator and the number of rows, or a list
    embeddings: object = None  # a function of a generator, rows and columns
    smooth: bool = True
    guided: bool = False
    layers: int = 0  # before the last


class GivenEmbeddings(torch.nn.Module):
    """A model whose texts are embeddings already."""

    device = torch.device("cpu")
    max_seq_length = 8

    def get_embedding_dimension(self):
        return DIMENSION

    def __init__(self, kind="embedding"):
        super().__init__()
        self.kind = kind
        # A guide's tokenizer is asked whether it is the model's.
        self.tokenizer = unittest.mock.Mock(spec=PreTrainedTokenizerBase, get_vocab=dict)

    def __getitem__(self, index):
        return self

    def forward(self, features):
        return {"sentence_embedding": features[self.kind]}


def random_embeddings(generator, rows, columns):
    """Columns resemble the first, as texts that belong together do."""
    first = torch.randn(rows, DIMENSION, generator=generator)
    others = [torch.randn(rows, DIMENSION, generator=generator) + 0.25 * first for _ in range(columns - 1)]
    return [first, *others]


def equal_embeddings(generator, rows, columns):
    """Halves: products of them have no rounding errors, so equal embeddings have distance 0 in Python too."""
    row = torch.randint(-2, 3, (1, DIMENSION), generator=generator) / 2
    return [row.repeat(rows, 1) for _ in range(columns)]


def scores(generator, rows):
    return torch.randint(0, 6, (rows,), generator=generator) / 5.0


def numbers(count):
    return lambda generator, rows: torch.randn(rows, count, generator=generator)


BINARY = [1, 0, 1, 1, 0, 0, 1]

PAIRS = [
    Case("cosine", "CosineSimilarityLoss", labels=scores),
    Case("cosine_equal", "CosineSimilarityLoss", labels=scores, embeddings=equal_embeddings),
    Case("contrastive", "ContrastiveLoss", labels=BINARY),
    Case("contrastive_euclidean", "ContrastiveLoss", {"distance_metric": "euclidean", "margin": 8.0}, labels=BINARY),
    Case("contrastive_manhattan", "ContrastiveLoss",
         {"distance_metric": "manhattan", "margin": 35.0, "size_average": False}, labels=BINARY),
    Case("contrastive_one", "ContrastiveLoss", rows=1, labels=[0]),
    Case("contrastive_equal", "ContrastiveLoss", labels=BINARY, embeddings=equal_embeddings),
    Case("online_contrastive", "OnlineContrastiveLoss", {"margin": 1.0}, labels=BINARY),
    Case("online_contrastive_euclidean", "OnlineContrastiveLoss", {"distance_metric": "euclidean", "margin": 9.0},
         labels=BINARY),
    Case("online_contrastive_positives", "OnlineContrastiveLoss", labels=[1] * 7),
    Case("online_contrastive_negatives", "OnlineContrastiveLoss", {"margin": 1.5}, labels=[0] * 7),
    Case("online_contrastive_one", "OnlineContrastiveLoss", rows=1, labels=[1]),
    Case("online_contrastive_equal", "OnlineContrastiveLoss", labels=BINARY, embeddings=equal_embeddings,
         smooth=False),
    Case("cosent", "CoSENTLoss", labels=scores, rows=9),
    Case("cosent_dot", "CoSENTLoss", {"scale": 0.5, "similarity_fct": "pairwise_dot_score"}, labels=scores),
    Case("cosent_euclidean", "CoSENTLoss", {"scale": 1.5, "similarity_fct": "pairwise_euclidean_sim"}, labels=scores),
    Case("cosent_manhattan", "CoSENTLoss", {"scale": 0.2, "similarity_fct": "pairwise_manhattan_sim"}, labels=scores),
    Case("cosent_steep", "CoSENTLoss", {"scale": 2000.0}, labels=scores),
    Case("cosent_one", "CoSENTLoss", rows=1, labels=[0.5]),
    Case("cosent_same_label", "CoSENTLoss", labels=[0.5] * 7),
    Case("cosent_equal", "CoSENTLoss", labels=scores, embeddings=equal_embeddings),
    Case("angle", "AnglELoss", labels=scores, rows=9),
    Case("angle_triplets", "AnglELoss", {"scale": 5.0}, columns=3),
    Case("angle_negatives", "AnglELoss", columns=4, labels=[1, 1, 0.5, 1, 0.8, 1, 1]),
    Case("angle_one", "AnglELoss", rows=1, labels=[1]),
    Case("angle_equal", "AnglELoss", labels=scores, embeddings=equal_embeddings),
]

TRIPLETS = [
    Case("triplet", "TripletLoss", columns=3),
    Case("triplet_cosine", "TripletLoss", {"distance_metric": "cosine", "triplet_margin": 0.2}, columns=3),
    Case("triplet_manhattan", "TripletLoss", {"distance_metric": "manhattan", "triplet_margin": 1.0}, columns=3),
    Case("triplet_one", "TripletLoss", columns=3, rows=1),
    Case("triplet_satisfied", "TripletLoss", {"triplet_margin": -40.0}, columns=3),
    Case("triplet_equal", "TripletLoss", columns=3, embeddings=equal_embeddings, smooth=False),
]

TEACHERS = [
    Case("mse", "MSELoss", columns=1, labels=numbers(DIMENSION)),
    Case("mse_shared", "MSELoss", columns=2, labels=numbers(DIMENSION)),
    Case("mse_each", "MSELoss", columns=3, labels=numbers(3 * DIMENSION)),
    Case("mse_projection", "MSELoss", {"projection_dim": 12}, columns=2, labels=numbers(12)),
    Case("embed_distill", "EmbedDistillLoss", columns=2, labels=numbers(DIMENSION)),
    Case("embed_distill_l2", "EmbedDistillLoss", {"distance_metric": "l2"}, columns=2, labels=numbers(2 * DIMENSION)),
    Case("embed_distill_mse", "EmbedDistillLoss", {"distance_metric": "mse"}, columns=1, rows=1,
         labels=numbers(DIMENSION)),
    Case("embed_distill_projection", "EmbedDistillLoss", {"projection_dim": 40}, columns=2, labels=numbers(40)),
    Case("margin_mse", "MarginMSELoss", columns=3, labels=numbers(1)),
    Case("margin_mse_scores", "MarginMSELoss", {"similarity_fct": "pairwise_cos_sim"}, columns=3, labels=numbers(2)),
    Case("margin_mse_negatives", "MarginMSELoss", columns=5, labels=numbers(3)),
    Case("margin_mse_negatives_scores", "MarginMSELoss", columns=5, labels=numbers(4)),
    Case("margin_mse_one", "MarginMSELoss", columns=3, rows=1, labels=numbers(1)),
    Case("distill_kl_div", "DistillKLDivLoss", {"similarity_fct": "pairwise_cos_sim"}, columns=3, labels=numbers(2)),
    Case("distill_kl_div_dot", "DistillKLDivLoss", columns=4, labels=numbers(3)),
    Case("distill_kl_div_temperatures", "DistillKLDivLoss",
         {"temperature": 2.0, "student_temperature": 3.0, "teacher_temperature": 0.5}, columns=4, labels=numbers(3)),
    Case("distill_kl_div_one", "DistillKLDivLoss", columns=3, rows=1, labels=numbers(2)),
    Case("distill_kl_div_equal", "DistillKLDivLoss", columns=3, labels=numbers(2), embeddings=equal_embeddings),
]

ALL_DIRECTIONS = ["query_to_doc", "query_to_query", "doc_to_query", "doc_to_doc"]

RANKING = [
    Case("mnrl", "MultipleNegativesRankingLoss", rows=9),
    Case("mnrl_hard", "MultipleNegativesRankingLoss", columns=4),
    Case("mnrl_dot", "MultipleNegativesRankingLoss", {"scale": 0.3, "similarity_fct": "dot_score"}, columns=3),
    Case("mnrl_euclidean", "MultipleNegativesRankingLoss", {"scale": 1.5, "similarity_fct": "euclidean_sim"}),
    Case("mnrl_manhattan", "MultipleNegativesRankingLoss", {"scale": 0.3, "similarity_fct": "manhattan_sim"},
         columns=3),
    Case("mnrl_two_directions", "MultipleNegativesRankingLoss", {"directions": ["query_to_doc", "doc_to_query"]},
         columns=3),
    Case("mnrl_per_direction", "MultipleNegativesRankingLoss",
         {"directions": ["query_to_doc", "doc_to_query"], "partition_mode": "per_direction"}, columns=3),
    Case("mnrl_all_directions", "MultipleNegativesRankingLoss", {"directions": ALL_DIRECTIONS}, columns=3),
    Case("mnrl_all_directions_one", "MultipleNegativesRankingLoss", {"directions": ALL_DIRECTIONS}, columns=3, rows=1),
    *[Case(f"mnrl_hardness_{mode}", "MultipleNegativesRankingLoss", {
        "hardness_mode": mode, "hardness_strength": 4.0, "directions": ["query_to_doc", "query_to_query"]}, columns=4,
          smooth=False)
      for mode in ("in_batch_negatives", "hard_negatives", "all_negatives")],
    Case("mnsrl", "MultipleNegativesSymmetricRankingLoss"),
    Case("mnsrl_hard", "MultipleNegativesSymmetricRankingLoss", {"scale": 10.0}, columns=3),
    Case("cached_mnrl", "CachedMultipleNegativesRankingLoss",
         {"directions": ALL_DIRECTIONS, "hardness_mode": "all_negatives", "hardness_strength": 2.0,
          "mini_batch_size": 100}, columns=3, smooth=False),
    Case("cached_mnsrl", "CachedMultipleNegativesSymmetricRankingLoss"),
    Case("gist", "GISTEmbedLoss", {"temperature": 0.05}, guided=True),
    Case("gist_default", "GISTEmbedLoss", guided=True),
    Case("gist_margin", "GISTEmbedLoss", {"temperature": 0.1, "margin": 0.2}, columns=3, guided=True),
    Case("gist_relative", "GISTEmbedLoss",
         {"temperature": 0.1, "margin_strategy": "relative", "margin": 0.5, "contrast_anchors": False}, columns=3,
         guided=True),
    Case("gist_alone", "GISTEmbedLoss",
         {"temperature": 0.1, "contrast_positives": False, "contrast_anchors": False}, guided=True),
    Case("gist_one", "GISTEmbedLoss", columns=3, rows=1, guided=True),
    Case("gist_equal", "GISTEmbedLoss", embeddings=equal_embeddings, guided=True),
    Case("cached_gist", "CachedGISTEmbedLoss", {"temperature": 0.1}, columns=4, guided=True),
    Case("gor", "GlobalOrthogonalRegularizationLoss"),
    Case("gor_sum", "GlobalOrthogonalRegularizationLoss",
         {"aggregation": "sum", "mean_weight": 0.5, "second_moment_weight": 3.0}, columns=3),
    Case("gor_mean_only", "GlobalOrthogonalRegularizationLoss", {"second_moment_weight": 0.0}, columns=1),
    Case("gor_moment_only", "GlobalOrthogonalRegularizationLoss",
         {"mean_weight": 0.0, "similarity_fct": "dot_score"}),
    Case("gor_one", "GlobalOrthogonalRegularizationLoss", rows=1),
    Case("gor_equal", "GlobalOrthogonalRegularizationLoss", embeddings=equal_embeddings),
    Case("mnrl_one", "MultipleNegativesRankingLoss", rows=1),
    Case("mnrl_equal", "MultipleNegativesRankingLoss", embeddings=equal_embeddings),
]

CLASSES_OF_NINE = [0, 1, 0, 2, 1, 0, 2, 2, 3]


def classes(name, loss, options=None, **more):
    """Three texts of a class are enough to differ, and one class has a text by itself."""
    return Case(name, loss, options or {}, **{"columns": 1, "rows": 9, "labels": CLASSES_OF_NINE, **more})


def batch_triplets(name, loss, margins):
    """`margins` are such that some triplets keep them and some do not."""
    options = [{"margin": margin} if margin is not None else {} for margin in margins]
    return [
        classes(name, loss),
        classes(f"{name}_margin", loss, options[0]),
        classes(f"{name}_cosine", loss, {"distance_metric": "cosine_distance", **options[1]}),
        classes(f"{name}_one", loss, rows=1, labels=[1], smooth=False),
        classes(f"{name}_no_positives", loss, rows=4, labels=[0, 1, 2, 3]),
        # Distances of texts to themselves take part, which are not smooth.
        classes(f"{name}_no_negatives", loss, rows=4, labels=[0, 0, 0, 0], smooth=False),
        classes(f"{name}_equal", loss, embeddings=equal_embeddings, smooth=False),
    ]


CLASSES = [
    *batch_triplets("batch_hard", "BatchHardTripletLoss", (-1.0, 0.1)),
    *batch_triplets("batch_hard_soft_margin", "BatchHardSoftMarginTripletLoss", (None, None)),
    *batch_triplets("batch_semi_hard", "BatchSemiHardTripletLoss", (0.5, 0.1)),
    *batch_triplets("batch_all", "BatchAllTripletLoss", (0.1, 0.05)),
    Case("softmax", "SoftmaxLoss", labels=[0, 1, 2, 1, 1, 0, 2]),
    Case("softmax_all", "SoftmaxLoss", {"num_labels": 5, "concatenation_sent_multiplication": True},
         labels=[0, 1, 2, 1, 1, 0, 2]),
    Case("softmax_difference", "SoftmaxLoss", {"concatenation_sent_rep": False}, labels=[0, 1, 1, 1, 1, 0, 0]),
    Case("softmax_rep", "SoftmaxLoss", {"concatenation_sent_difference": False}, labels=[0, 1, 1, 3, 1, 0, 0]),
    Case("softmax_one", "SoftmaxLoss", rows=1, labels=[1]),
    Case("softmax_equal", "SoftmaxLoss", labels=[0, 1, 2, 1, 1, 0, 2], embeddings=equal_embeddings, smooth=False),
]

MEGA_BATCH = [
    Case("mega_batch_margin", "MegaBatchMarginLoss"),
    Case("mega_batch_margin_low", "MegaBatchMarginLoss", {"positive_margin": 0.2, "negative_margin": 0.1}),
    Case("mega_batch_margin_one", "MegaBatchMarginLoss", rows=1),
    Case("mega_batch_margin_equal", "MegaBatchMarginLoss", embeddings=equal_embeddings, smooth=False),
]

DIMS = [32, 16, 5]
INNER = {"name": "MultipleNegativesRankingLoss", "scale": 5.0}

AROUND = [
    Case("matryoshka", "MatryoshkaLoss", {"loss": INNER, "matryoshka_dims": DIMS}, columns=3),
    Case("matryoshka_weights", "MatryoshkaLoss",
         {"loss": "CoSENTLoss", "matryoshka_dims": [5, 16], "matryoshka_weights": [0.5, 2.0]}, labels=scores),
    Case("matryoshka_teacher", "MatryoshkaLoss", {"loss": "MSELoss", "matryoshka_dims": DIMS}, columns=2,
         labels=numbers(DIMENSION)),
    Case("matryoshka_teacher_each", "MatryoshkaLoss", {"loss": "MSELoss", "matryoshka_dims": [32, 7]}, columns=2,
         labels=numbers(2 * DIMENSION)),
    Case("matryoshka_triplet", "MatryoshkaLoss", {"loss": "TripletLoss", "matryoshka_dims": DIMS}, columns=3),
    Case("matryoshka_batch", "MatryoshkaLoss", {"loss": "BatchAllTripletLoss", "matryoshka_dims": DIMS}, columns=1,
         rows=9, labels=CLASSES_OF_NINE),
    Case("matryoshka_one", "MatryoshkaLoss", {"loss": INNER, "matryoshka_dims": DIMS}, rows=1),
    Case("adaptive_layer", "AdaptiveLayerLoss", {"loss": INNER, "n_layers_per_step": -1}, layers=2, smooth=False),
    Case("adaptive_layer_log", "AdaptiveLayerLoss",
         {"loss": INNER, "n_layers_per_step": -1, "layer_weighting": "log", "last_layer_weight": 2.0,
          "prior_layers_weight": 0.5, "kl_div_weight": 3.0, "kl_temperature": 1.5}, columns=3, layers=3, smooth=False),
    Case("adaptive_layer_linear", "AdaptiveLayerLoss",
         {"loss": "CoSENTLoss", "n_layers_per_step": -1, "layer_weighting": "linear", "kl_temperature": 0.0},
         labels=scores, layers=3),
    Case("adaptive_layer_one", "AdaptiveLayerLoss", {"loss": INNER, "n_layers_per_step": -1}, rows=1, layers=2,
         smooth=False),
    Case("adaptive_layer_equal", "AdaptiveLayerLoss", {"loss": INNER, "n_layers_per_step": -1}, layers=2,
         embeddings=equal_embeddings, smooth=False),
    Case("matryoshka_2d", "Matryoshka2dLoss",
         {"loss": INNER, "n_layers_per_step": -1, "n_dims_per_step": -1, "matryoshka_dims": DIMS}, columns=3, layers=2,
         smooth=False),
]

# Through a model, from texts: the value and the length of the gradient of all its parameters.
THROUGH_MODEL = [
    ("AdaptiveLayerLoss", {"loss": INNER, "n_layers_per_step": -1, "layer_weighting": "linear"}),
    ("Matryoshka2dLoss", {"loss": INNER, "n_layers_per_step": -1, "n_dims_per_step": -1, "matryoshka_dims": [32, 8]}),
    ("MatryoshkaLoss", {"loss": INNER, "matryoshka_dims": [32, 8]}),
]
ANCHORS = ["A man is playing a guitar.", "the cat sleeps", "cold rain in the night", "red car", "cooking rice"]
POSITIVES = ["A person plays music", "a dog is running", "snow and dark sky", "the blue river", "eating bread"]

CASES = AROUND + PAIRS + TRIPLETS + TEACHERS + RANKING + CLASSES + MEGA_BATCH


def python_option(loss, key, value):
    """An option of a recipe as Python's constructor wants it."""
    if key == "distance_metric" and loss == "TripletLoss":
        return getattr(TripletDistanceMetric, value.upper())
    if key == "distance_metric" and "Contrastive" in loss:
        return getattr(SiameseDistanceMetric, value.upper())
    if key == "distance_metric" and "Batch" in loss:
        return getattr(BatchHardTripletLossDistanceFunction, value)
    if key == "similarity_fct":
        return getattr(util, value)
    return value


class GivenLayers(GivenEmbeddings, SentenceTransformer):
    """The same, from the layers of a transformer: what Python's loss replaces in a model is here."""

    def __init__(self):
        torch.nn.Module.__init__(self)
        self.kind = "layers"
        transformer = unittest.mock.MagicMock(spec=Transformer)
        transformer.forward = self.embed_layers
        self.__dict__["transformer"] = transformer

    def __getitem__(self, index):
        return self.__dict__["transformer"]

    @staticmethod
    def embed_layers(features):
        features.update(all_layer_embeddings=features["layers"], token_embeddings=features["layers"][-1])
        return features

    def forward(self, features):
        return {"sentence_embedding": self[0].forward(features)["token_embeddings"]}


def make_inner_loss(description, model):
    if isinstance(description, str):
        description = {"name": description}
    options = {key: value for key, value in description.items() if key != "name"}
    return getattr(losses, description["name"])(model, **options)


def make_loss(case, model, labels):
    options = {key: python_option(case.loss, key, value) for key, value in case.options.items()}
    if "loss" in options:
        options["loss"] = make_inner_loss(options["loss"], model)
    if case.loss == "SoftmaxLoss":
        options = {"embedding_dimension": DIMENSION, "num_labels": int(labels.max()) + 1, **options}
    if case.guided:
        options["guide"] = GivenEmbeddings("guide")
    if case.loss == "MegaBatchMarginLoss":
        options["use_mini_batched_version"] = False  # the same, without the texts that it would embed again
    return getattr(losses, case.loss)(model, **options).double()


def randomize(module, generator):
    """Parameters of a loss that a float holds."""
    own = {name: parameter for name, parameter in module.named_parameters()}
    for parameter in own.values():
        parameter.data = (0.3 * torch.randn(parameter.shape, generator=generator)).double()
    return {name.rsplit(".", 1)[1]: parameter for name, parameter in own.items()}


def make_labels(case, generator):
    if case.labels is None:
        return None
    labels = case.labels(generator, case.rows) if callable(case.labels) else torch.tensor(case.labels)
    if (case.loss in ("MSELoss", "EmbedDistillLoss") or case.options.get("loss") == "MSELoss") and labels.shape[1] == case.columns * DIMENSION and case.columns > 1:
        return labels.view(case.rows, case.columns, DIMENSION).double()
    if case.loss == "MarginMSELoss" and labels.shape[1] == 1:
        return labels.view(-1).double()
    return labels if labels.dtype == torch.int64 else labels.float().double()


def value_of(loss, features, labels):
    if "Cached" in type(loss).__name__:
        # What they do with the embeddings of their mini-batches.
        guides = [[[feature["guide"]] for feature in features]] if loss_has_guide(loss) else []
        return loss.calculate_loss([[feature["embedding"]] for feature in features], *guides)
    value = loss(features, labels)
    return sum(value.values()) if isinstance(value, dict) else value


def loss_has_guide(loss):
    return hasattr(loss, "guide")


def run(case, generator, tensors):
    columns = [column.double().requires_grad_()
               for column in (case.embeddings or random_embeddings)(generator, case.rows, case.columns)]
    labels = make_labels(case, generator)
    loss = make_loss(case, GivenLayers() if case.layers else GivenEmbeddings(), labels)
    head = randomize(loss, generator)
    guides = [None] * case.columns
    if case.guided:
        guides = [(column[:, :8].detach() + 0.5 * torch.randn(case.rows, 8, generator=generator)).float().double()
                  for column in columns]
        if case.embeddings is equal_embeddings:
            guides = [column[:, :8].detach() for column in columns]
    # [layer][column]
    layers = [[(column.detach() + torch.randn(column.shape, generator=generator)).float().double().requires_grad_()
               for column in columns] for _ in range(case.layers)]
    features = [{"embedding": column, "guide": guide, "layers": [layer[c] for layer in layers] + [column]}
                for c, (column, guide) in enumerate(zip(columns, guides))]
    value = value_of(loss, features, labels)
    value.backward()
    for c, column in enumerate(columns):
        tensors[f"{case.name}.column{c}"] = column
        tensors[f"{case.name}.gradient{c}"] = column.grad
        if case.guided:
            tensors[f"{case.name}.guide{c}"] = guides[c]
        for index, layer in enumerate(layers):
            tensors[f"{case.name}.layer{index}.column{c}"] = layer[c]
            tensors[f"{case.name}.layer{index}.gradient{c}"] = layer[c].grad
    if labels is not None:
        tensors[f"{case.name}.labels"] = labels.reshape(case.rows, -1)
    for name, parameter in head.items():
        tensors[f"{case.name}.head.{name}"] = parameter.reshape(-1, parameter.shape[-1])
        tensors[f"{case.name}.head_gradient.{name}"] = parameter.grad.reshape(-1, parameter.shape[-1])
    return {"name": case.name, "loss": case.loss, "options": case.options, "columns": case.columns,
            "layers": case.layers, "smooth": case.smooth, "value": value.item()}


def write_json(path, entries):
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    path.write_text(f"[\n{lines}\n]\n")


def run_through_model(name, options):
    model = SentenceTransformer(str(ROOT / "tests/goldens/engine/model"), device="cpu").double().eval()
    loss = getattr(losses, name)(model, **{**options, "loss": make_inner_loss(options["loss"], model)})
    value = loss([model.preprocess(column) for column in (ANCHORS, POSITIVES)], None)
    value.backward()
    squares = sum(parameter.grad.square().sum() for parameter in model.parameters() if parameter.grad is not None)
    return {"loss": name, "options": options, "columns": [ANCHORS, POSITIVES], "value": value.item(),
            "gradient_norm": squares.sqrt().item()}


def main():
    import sentence_transformers

    output = pathlib.Path(sys.argv[1])
    output.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    tensors = {}
    # A seed a case: a new one leaves the numbers of the others as they are.
    described = [run(case, torch.Generator().manual_seed(sum(case.name.encode())), tensors) for case in CASES]
    write_json(output / "cases.json", described)
    write_json(output / "through_model.json", [run_through_model(*case) for case in THROUGH_MODEL])
    save_file({name: tensor.detach().float().contiguous().clone() for name, tensor in tensors.items()},
              str(output / "cases.safetensors"))
    (output / "README.md").write_text(README.format(version=sentence_transformers.__version__))


if __name__ == "__main__":
    main()
