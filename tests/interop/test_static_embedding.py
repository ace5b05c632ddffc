"""StaticEmbedding: trained as Python trains it, saved as Python loads it."""
import json

import numpy as np
from conftest import GOLDENS, encode, run_sbert
from reference_training import train_in_order
from sentence_transformers import SentenceTransformer

STATIC = GOLDENS.parent / "static" / "plain"
PAIRS = [("A man is playing a guitar.", "A person plays music", 0.8), ("the cat sleeps", "a dog is running", 0.2),
         ("the old house by the river", "red car", 0.1), ("", "cold rain", 0.5)] * 8


def test_training_follows_python(tmp_path):
    rows, saved = tmp_path / "rows.jsonl", tmp_path / "trained"
    rows.write_text("".join(json.dumps({"a": a, "b": b, "score": score}) + "\n" for a, b, score in PAIRS))
    run_sbert("train", "--model", STATIC, "--data", rows, "--columns", "a,b,score", "--loss", "CosineSimilarityLoss",
              "--batch-size", "4", "--no-shuffle", "--max-steps", "8", "--lr", "1e-2", "--precision", "f32", "--output", saved,
              "--quiet")
    python = SentenceTransformer(str(STATIC), device="cpu")
    a, b, scores = zip(*PAIRS)
    train_in_order(python, [a, b], scores, "CosineSimilarityLoss", steps=8, batch_size=4, learning_rate=1e-2, warmup_steps=0)
    loaded = SentenceTransformer(str(saved), device="cpu")
    np.testing.assert_allclose(loaded[0].embedding.weight.detach(), python[0].embedding.weight.detach(), atol=1e-5)
    texts = [*a[:4], *b[:4], "the old house " * 100]
    np.testing.assert_allclose(encode(saved, texts, tmp_path, "--precision", "f32"), loaded.encode(texts), atol=1e-6)
