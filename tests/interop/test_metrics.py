"""Evaluations of the real model equal Python's to 4 decimals."""
import json

import pytest
from conftest import run_sbert, shared_data, sts_rows
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.evaluation import (EmbeddingSimilarityEvaluator,
                                                                   InformationRetrievalEvaluator)

STS = ["--task", "sts", "--no-header", "--no-quoting", "--format", "tsv", "--columns",
       "sentence1=5,sentence2=6,score=4"]


def test_sts_benchmark(real_model):
    ours = json.loads(run_sbert("eval", "--model", real_model, "--precision", "f32", "--data",
                                shared_data("stsbenchmark/sts-test.csv"), *STS, "--quiet"))
    assert round(ours["spearman_cosine"], 4) == 0.8203
    assert ours["spearman_cosine"] == pytest.approx(0.82032, abs=5e-6)
    assert ours["pearson_cosine"] == pytest.approx(0.82741, abs=5e-6)


def test_sts_benchmark_with_python(real_model):
    rows = sts_rows("test")
    python = EmbeddingSimilarityEvaluator([row[1] for row in rows], [row[2] for row in rows], [row[0] for row in rows],
                                          similarity_fn_names=["cosine", "dot", "euclidean", "manhattan"])(
        SentenceTransformer(str(real_model), device="cpu"))
    ours = json.loads(run_sbert("eval", "--model", real_model, "--precision", "f32", "--data",
                                shared_data("stsbenchmark/sts-test.csv"), *STS, "--quiet", "--similarity",
                                "cosine,dot,euclidean,manhattan"))
    assert ours.keys() == python.keys()
    for name, value in python.items():
        assert ours[name] == pytest.approx(value, abs=5e-5), name


def test_retrieval_with_python(real_model, tmp_path):
    rows = sts_rows("dev")
    pairs = list({row[1]: row[2] for row in rows if row[0] >= 4.5}.items())[:150]
    corpus = list(dict.fromkeys([answer for _, answer in pairs] + [row[2] for row in rows]))
    (tmp_path / "pairs.jsonl").write_text("".join(json.dumps({"q": q, "a": a}) + "\n" for q, a in pairs))
    (tmp_path / "corpus.txt").write_text("".join(text + "\n" for text in corpus))
    ours = json.loads(run_sbert("eval", "--model", real_model, "--precision", "f32", "--task", "ir", "--data",
                                tmp_path / "pairs.jsonl", "--columns", "q,a", "--corpus", tmp_path / "corpus.txt",
                                "--quiet"))
    ids = {text: f"{i:06}" for i, text in enumerate(corpus)}
    python = InformationRetrievalEvaluator({str(i): q for i, (q, _) in enumerate(pairs)},
                                           {ids[text]: text for text in corpus},
                                           {str(i): {ids[a]} for i, (_, a) in enumerate(pairs)})(
        SentenceTransformer(str(real_model), device="cpu"))
    assert ours.keys() == python.keys()
    for name, value in python.items():
        assert ours[name] == pytest.approx(value, abs=5e-5), name
