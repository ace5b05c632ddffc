"""Router: trained as Python trains it, saved as Python loads it, and BoW."""
import json

import numpy as np
import pytest
from conftest import GOLDENS, encode, run_sbert
from reference_training import train_in_order
from sentence_transformers import SentenceTransformer

ROUTER = GOLDENS.parent / "router"
QUESTIONS = ["a cat on the plane", "man with guitar", "who is the dog", "a bird", "woman eats", "play the piano"] * 4
ANSWERS = ["the cat is in a plane", "a man plays the guitar.", "", "bird and cat", "a woman is eating to run", "piano"] * 4
TEXTS = [*QUESTIONS[:6], *ANSWERS[:6], "the dog " * 30]


@pytest.mark.parametrize("name, tasks", [("two_encoders", ("query", "document")), ("shared", ("query", "document")),
                                         ("asym", ("query", "doc")), ("mapped", ("query", "document"))])
def test_training_follows_python(name, tasks, tmp_path):
    rows, saved = tmp_path / "rows.jsonl", tmp_path / "trained"
    rows.write_text("".join(json.dumps({"question": q, "answer": a}) + "\n" for q, a in zip(QUESTIONS, ANSWERS)))
    run_sbert("train", "--model", ROUTER / name, "--data", rows, "--columns", "question,answer",
              "--router-mapping", f"question={tasks[0]},answer={tasks[1]}", "--loss", "MultipleNegativesRankingLoss",
              "--batch-size", "6", "--no-shuffle", "--max-steps", "4", "--lr", "1e-3", "--precision", "f32", "--output", saved,
              "--quiet")
    python = SentenceTransformer(str(ROUTER / name), device="cpu")
    train_in_order(python, [QUESTIONS, ANSWERS], None, "MultipleNegativesRankingLoss", steps=4, batch_size=6,
                   learning_rate=1e-3, warmup_steps=0, router_mapping={"text0": tasks[0], "text1": tasks[1]})
    loaded = SentenceTransformer(str(saved), device="cpu")
    for task in tasks:
        expected = python.encode(TEXTS, task=task)
        ours = encode(saved, TEXTS, tmp_path, "--precision", "f32", "--task", task)
        np.testing.assert_allclose(loaded.encode(TEXTS, task=task), ours, atol=1e-5)
        np.testing.assert_allclose(ours, expected, atol=2e-4)
        before = SentenceTransformer(str(ROUTER / name), device="cpu").encode(TEXTS, task=task)
        assert np.abs(expected - before).max() > 1e-3, "training changed next to nothing"


def test_queries_and_documents(tmp_path):
    model = GOLDENS / "model_dense"  # with a prompt for queries
    python = SentenceTransformer(str(model), device="cpu")
    for task, expected in (("query", python.encode_query(TEXTS)), ("document", python.encode_document(TEXTS))):
        np.testing.assert_allclose(encode(model, TEXTS, tmp_path, "--precision", "f32", "--task", task), expected, atol=1e-5)
    assert np.abs(python.encode_query(TEXTS) - python.encode(TEXTS)).max() > 1e-2
