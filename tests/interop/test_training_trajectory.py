"""Training the real model without dropout follows Python's losses step by step."""
import json

import numpy as np
import pytest
from conftest import run_sbert, sts_rows
from reference_training import train_in_order
from sentence_transformers import SentenceTransformer

STEPS, WARMUP_STEPS, LEARNING_RATE = 50, 5, 2e-5


def scored_pairs():
    rows = sts_rows("train")
    return [[row[1] for row in rows], [row[2] for row in rows]], [row[0] / 5 for row in rows]


def paraphrases():
    rows = [row for row in sts_rows("train") if row[0] >= 4]
    return [[row[1] for row in rows], [row[2] for row in rows]], None


CASES = [("CosineSimilarityLoss", 16, scored_pairs), ("MultipleNegativesRankingLoss", 64, paraphrases)]


@pytest.mark.parametrize("loss, batch_size, read", CASES, ids=[case[0] for case in CASES])
def test_losses_step_by_step(quiet_model, tmp_path, loss, batch_size, read):
    columns, labels = read()
    used = STEPS * batch_size
    rows = tmp_path / "rows.jsonl"
    with open(rows, "w") as out:
        for i, (a, b) in enumerate(zip(*columns)):
            out.write(json.dumps({"a": a, "b": b} | ({} if labels is None else {"score": labels[i]})) + "\n")
    log = tmp_path / "log.jsonl"
    run_sbert("train", "--model", quiet_model, "--data", rows, "--loss", loss, "--batch-size", batch_size,
              "--columns", "a,b" if labels is None else "a,b,score", "--no-shuffle", "--precision", "f32", "--lr",
              LEARNING_RATE, "--max-steps", STEPS, "--warmup-steps", WARMUP_STEPS, "--log", log, "--output",
              tmp_path / "model", "--quiet")
    ours = [entry for entry in map(json.loads, log.read_text().splitlines()) if "loss" in entry]

    # Rows that no step reaches would only cost time; a second epoch must meet the same ones.
    if used <= len(columns[0]):
        columns, labels = [column[:used] for column in columns], labels and labels[:used]
    python = train_in_order(SentenceTransformer(str(quiet_model), device="cpu"), columns, labels, loss, steps=STEPS,
                            batch_size=batch_size, learning_rate=LEARNING_RATE, warmup_steps=WARMUP_STEPS)
    np.testing.assert_allclose([entry["lr"] for entry in ours], python["learning_rate"], rtol=1e-6, atol=1e-12)
    np.testing.assert_allclose([entry["loss"] for entry in ours], python["loss"], rtol=1e-3)
    np.testing.assert_allclose([entry["grad_norm"] for entry in ours], python["gradient_norm"], rtol=1e-2)
