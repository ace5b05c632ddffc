#!/usr/bin/env python3
"""Writes tests/goldens/evaluation/*.json: embeddings and what the evaluators of sentence-transformers make of them.

Run with a Python that has sentence-transformers 6.2.0:
    python tools/goldens/make_evaluation_goldens.py tests/goldens/evaluation
The embeddings are few and small, with many ties: equal vectors, equal scores. The evaluators see a stand-in for a
model that looks embeddings up by text, so nothing but their own arithmetic is recorded.
"""
import json
import pathlib
import sys

import numpy as np
import torch
from sentence_transformers.sentence_transformer import evaluation
from sentence_transformers.util import SimilarityFunction

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
            list(left), list(right), scores, similarity_fn_names=functions, write_csv=False
        )
        result[name] = {"metrics": evaluator(model), "primary": evaluator.primary_metric}
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
            write_csv=False,
        )
        result[name] = {"metrics": evaluator(model), "primary": evaluator.primary_metric}
    return result


def main():
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for make in [embedding_similarity, information_retrieval]:
        golden = make(np.random.default_rng(7))
        (target / f"{make.__name__}.json").write_text(json.dumps(golden, indent=None, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
