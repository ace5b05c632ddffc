#!/usr/bin/env python3
"""Writes tests/goldens/evaluation/*.json: embeddings and what the evaluators of sentence-transformers make of them.

Run with a Python that has sentence-transformers 6.2.0:
    python tools/goldens/make_evaluation_goldens.py tests/goldens/evaluation
The embeddings are few and small, with many ties: equal vectors, equal scores. The evaluators see a stand-in for a
model that looks embeddings up by text, so nothing but their own arithmetic is recorded.
"""
import csv
import json
import pathlib
import sys
import tempfile

import numpy as np
import torch
from sentence_transformers import InputExample
from sentence_transformers.sentence_transformer import evaluation
from sentence_transformers.sentence_transformer.losses import SoftmaxLoss
from sentence_transformers.util import SimilarityFunction
from torch.utils.data import DataLoader

FUNCTIONS = ["cosine", "dot", "euclidean", "manhattan"]


class Card:
    def set_evaluation_metrics(self, *args, **kwargs):
        pass


class LookupModel:
    """Enough of a SentenceTransformer for the evaluators."""

    def __init__(self, embeddings, function="cosine"):
        self.embeddings = embeddings
        self.similarity_fn_name = function
        self.similarity = SimilarityFunction.to_similarity_fn(function)
        self.similarity_pairwise = SimilarityFunction.to_similarity_pairwise_fn(function)
        self.model_card_data = Card()

    def encode(self, texts, convert_to_tensor=False, **kwargs):
        rows = np.array([self.embeddings[text] for text in texts], dtype=np.float32)
        return torch.from_numpy(rows) if convert_to_tensor else rows

    encode_query = encode_document = encode


def one(evaluator, model):
    """What an evaluator returns, and the one CSV file that it writes."""
    with tempfile.TemporaryDirectory() as directory:
        metrics = evaluator(model, output_path=directory, epoch=0.5, steps=20)
        (file,) = pathlib.Path(directory).iterdir()
        header, row = list(csv.reader(file.open(newline="")))
        table = {"file": file.name, "header": header, "row": [float(value) for value in row]}
    return {"metrics": metrics, "primary": evaluator.primary_metric, "csv": table}


def vectors(generator, rows, dimension):
    """Random vectors, every fourth equal to an earlier one. (Not parallel ones: whether their cosines are equal is up to
    the last bit of rounding.)"""
    result = generator.normal(size=(rows, dimension)).round(3)
    for i in range(4, rows, 4):
        result[i] = result[generator.integers(i)]
    return result.tolist()


def named(prefix, rows):
    return {f"{prefix}{i:03d}": row for i, row in enumerate(rows)}


def embedding_similarity(generator):
    left, right = named("l", vectors(generator, 60, 5)), named("r", vectors(generator, 60, 5))
    scores = (generator.integers(0, 11, size=60) / 2).tolist()
    model = LookupModel({**left, **right})
    result = {"embeddings": model.embeddings, "sentences1": list(left), "sentences2": list(right), "scores": scores}
    for name, functions in {"own": [], "all": FUNCTIONS}.items():
        evaluator = evaluation.EmbeddingSimilarityEvaluator(
            list(left), list(right), scores, similarity_fn_names=functions
        )
        result[name] = one(evaluator, model)
    return result


def information_retrieval(generator):
    queries, corpus = named("q", vectors(generator, 15, 4)), named("d", vectors(generator, 130, 4))
    relevant = {}
    for query in list(queries)[:-1]:  # the last query has no relevant document
        chosen = generator.choice(len(corpus), size=int(generator.integers(1, 14)), replace=False)
        relevant[query] = [f"d{i:03d}" for i in chosen]
    relevant["q003"].append("d999")  # judged relevant, but not in the corpus
    model = LookupModel({**queries, **corpus})
    result = {"embeddings": model.embeddings, "queries": list(queries), "corpus": list(corpus), "relevant": relevant}
    sets = {query: set(documents) for query, documents in relevant.items()}
    texts = {text: text for text in [*queries, *corpus]}
    for name, functions in {"own": None, "all": FUNCTIONS}.items():
        evaluator = evaluation.InformationRetrievalEvaluator(
            {query: texts[query] for query in queries},
            {document: texts[document] for document in corpus},
            sets,
            score_functions=functions and {f: SimilarityFunction.to_similarity_fn(f) for f in functions},
        )
        result[name] = one(evaluator, model)
    return result


def both(make):
    """What an evaluator says with the model's own similarity function, and with all four."""
    result = {}
    for name, functions in {"own": [], "all": FUNCTIONS}.items():
        result[name] = one(*make(functions))
    return result


def binary_classification(generator):
    left, right = named("l", vectors(generator, 80, 5)), named("r", vectors(generator, 80, 5))
    for i in range(0, 80, 3):  # some pairs that are close, with some wrong labels
        right[f"r{i:03d}"] = [x + 0.25 * i / 80 for x in left[f"l{i:03d}"]]
    labels = [int((i % 3 == 0) != (generator.random() < 0.2)) for i in range(80)]
    model = LookupModel({**left, **right})
    return {
        "embeddings": model.embeddings, "sentences1": list(left), "sentences2": list(right), "labels": labels,
        **both(lambda functions: (evaluation.BinaryClassificationEvaluator(
            list(left), list(right), labels, similarity_fn_names=functions), model)),
    }


def triplet(generator):
    names = [named(prefix, vectors(generator, 50, 4)) for prefix in "apn"]
    names[2]["n007"] = names[1]["p007"]  # equally near: not right
    model = LookupModel({**names[0], **names[1], **names[2]})
    columns = [list(column) for column in names]
    result = {"embeddings": model.embeddings, "columns": columns}
    result.update(both(lambda functions: (
        evaluation.TripletEvaluator(*columns, similarity_fn_names=functions), model)))
    margins = {"cosine": 0.25, "euclidean": 0.5}
    result["margins"] = margins
    result["with_margins"] = one(
        evaluation.TripletEvaluator(*columns, similarity_fn_names=FUNCTIONS, margin=margins), model)
    return result


def reranking(generator):
    queries, documents = named("q", vectors(generator, 12, 4)), named("d", vectors(generator, 90, 4))
    samples, texts = [], list(documents)
    for query in queries:
        chosen = generator.choice(len(texts), size=int(generator.integers(4, 20)), replace=False)
        positives = int(generator.integers(0, 4))  # none at times: such a sample does not count
        samples.append({"query": query, "positive": [texts[i] for i in chosen[:positives]],
                        "negative": [texts[i] for i in chosen[positives:]]})
    model = LookupModel({**queries, **documents})
    result = {"embeddings": model.embeddings, "samples": samples}
    for k in [3, 10]:
        result[f"at_{k}"] = one(evaluation.RerankingEvaluator(samples, at_k=k), model)
    return result


def paraphrase_mining(generator):
    # Without equal vectors: which of several equal neighbours torch.topk takes is up to it.
    sentences = named("s", generator.normal(size=(70, 5)).tolist())
    ids = list(sentences)
    duplicates = [(ids[4 * i], ids[4 * i + 4]) for i in range(16)] + [("s001", "s777")]
    for first, second in duplicates[:-1:2]:
        sentences[second] = [x + 0.1 for x in sentences[first]]
    model = LookupModel(sentences)
    result = {"embeddings": model.embeddings, "duplicates": duplicates}
    texts = {text: text for text in sentences}
    for name, options in {"plain": {}, "closure": {"add_transitive_closure": True},
                          "limited": {"max_pairs": 60, "top_k": 3}}.items():
        evaluator = evaluation.ParaphraseMiningEvaluator(texts, duplicates, **options)
        result[name] = one(evaluator, model)
    # On four axes every cosine is exactly 0 or 1, so ties are ties for everyone.
    axes = named("a", np.eye(4)[generator.integers(4, size=12)].tolist())
    pairs = [tuple(map(str, generator.choice(list(axes), 2, replace=False))) for _ in range(10)]
    evaluator = evaluation.ParaphraseMiningEvaluator({text: text for text in axes}, pairs)
    result["ties"] = {"embeddings": axes, "duplicates": pairs, **one(evaluator, LookupModel(axes))}
    return result


class TranslationModel(LookupModel):
    def encode(self, texts, **kwargs):
        return [torch.tensor(self.embeddings[text]) for text in texts]


def translation(generator):
    source, target = named("s", vectors(generator, 40, 4)), named("t", vectors(generator, 40, 4))
    for i in range(0, 40, 2):
        target[f"t{i:03d}"] = [x + 0.05 * i / 40 for x in source[f"s{i:03d}"]]
    model = TranslationModel({**source, **target})
    return {"embeddings": model.embeddings, "source": list(source), "target": list(target),
            "own": one(evaluation.TranslationEvaluator(list(source), list(target)), model)}


def mse(generator):
    source, target = named("s", vectors(generator, 20, 4)), named("t", vectors(generator, 20, 4))
    model = LookupModel({**source, **target})
    return {"embeddings": model.embeddings, "source": list(source), "target": list(target),
            "own": one(evaluation.MSEEvaluator(list(source), list(target), model), model)}


class EmbeddingModel(torch.nn.Module):
    """Enough of a SentenceTransformer for LabelAccuracyEvaluator and SoftmaxLoss."""

    device = torch.device("cpu")
    model_card_data = Card()

    def __init__(self, embeddings):
        super().__init__()
        self.embeddings = embeddings

    def smart_batching_collate(self, examples):
        columns = zip(*(example.texts for example in examples))
        features = [{"sentence_embedding": torch.tensor([self.embeddings[text] for text in column])} for column in columns]
        return features, torch.tensor([example.label for example in examples])

    def forward(self, features):
        return features


def label_accuracy(generator):
    left, right = named("l", vectors(generator, 50, 4)), named("r", vectors(generator, 50, 4))
    labels = generator.integers(3, size=50).tolist()
    model = EmbeddingModel({**left, **right})
    result = {"embeddings": model.embeddings, "columns": [list(left), list(right)], "labels": labels}
    examples = [InputExample(texts=list(texts), label=label) for *texts, label in zip(left, right, labels)]
    for name, options in {"plain": {}, "multiplied": {"concatenation_sent_multiplication": True}}.items():
        loss = SoftmaxLoss(model, 4, 3, **options)
        with torch.no_grad():
            for parameter in loss.classifier.parameters():
                parameter.copy_(torch.from_numpy(generator.normal(size=parameter.shape)))
        evaluator = evaluation.LabelAccuracyEvaluator(DataLoader(examples, batch_size=16), name, softmax_model=loss)
        result[name] = {"weight": loss.classifier.weight.flatten().tolist(), "bias": loss.classifier.bias.tolist(),
                        **one(evaluator, model)}
    return result


GOLDENS = [embedding_similarity, information_retrieval, binary_classification, triplet, reranking, paraphrase_mining,
           translation, mse, label_accuracy]


def main():
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for make in GOLDENS:
        golden = make(np.random.default_rng(7))
        (target / f"{make.__name__}.json").write_text(json.dumps(golden, indent=None, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
