"""WordEmbeddings: trained as Python trains it, saved as Python loads it."""
import json
import shutil

import numpy as np
import pytest
from conftest import GOLDENS, encode, run_sbert
from reference_training import train_in_order
from sentence_transformers import SentenceTransformer

WORDS = GOLDENS.parent / "words"
PAIRS = [("A man plays a guitar.", "the old river house", 0.8), ("The cat sleeps", "a Cat; a dog!", 0.2),
         ("a new_york_city house", "unknown words only", 0.1), ("", "the river", 0.5)] * 8
TEXTS = [text for a, b, _ in PAIRS[:4] for text in (a, b)] + ["cat dog house " * 400, "ΟΔΟΣ", "New York City, don't"]


@pytest.mark.parametrize("name", ["whitespace", "lower", "phrase", "hugging_face"])
def test_saved_models_load_in_python(name, tmp_path):
    # Only `train` saves: a step of next to nothing.
    model, rows, saved = tmp_path / "model", tmp_path / "rows.jsonl", tmp_path / "saved"
    shutil.copytree(WORDS / name, model)
    config = json.loads((model / "wordembedding_config.json").read_text())
    (model / "wordembedding_config.json").write_text(json.dumps({**config, "update_embeddings": True}))
    rows.write_text('{"a": "cat", "b": "dog", "score": 1.0}\n')
    run_sbert("train", "--model", model, "--data", rows, "--columns", "a,b,score", "--loss", "CosineSimilarityLoss",
              "--max-steps", "1", "--lr", "1e-30", "--weight-decay", "0", "--output", saved, "--quiet")
    expected = SentenceTransformer(str(WORDS / name), device="cpu").encode(TEXTS)
    np.testing.assert_allclose(SentenceTransformer(str(saved), device="cpu").encode(TEXTS), expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(encode(saved, TEXTS, tmp_path, "--precision", "f32"), expected, atol=1e-5)


def test_training_follows_python(tmp_path):
    rows, saved = tmp_path / "rows.jsonl", tmp_path / "trained"
    rows.write_text("".join(json.dumps({"a": a, "b": b, "score": score}) + "\n" for a, b, score in PAIRS))
    run_sbert("train", "--model", WORDS / "lower", "--data", rows, "--columns", "a,b,score", "--loss", "CosineSimilarityLoss",
              "--batch-size", "4", "--no-shuffle", "--max-steps", "8", "--lr", "1e-2", "--precision", "f32", "--output", saved,
              "--quiet")
    python = SentenceTransformer(str(WORDS / "lower"), device="cpu")
    a, b, scores = zip(*PAIRS)
    train_in_order(python, [a, b], scores, "CosineSimilarityLoss", steps=8, batch_size=4, learning_rate=1e-2, warmup_steps=0)
    loaded = SentenceTransformer(str(saved), device="cpu")
    np.testing.assert_allclose(loaded[0].emb_layer.weight.detach(), python[0].emb_layer.weight.detach(), atol=1e-5)
    np.testing.assert_allclose(encode(saved, TEXTS, tmp_path, "--precision", "f32"), loaded.encode(TEXTS), atol=1e-6)
