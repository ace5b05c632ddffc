"""Python loads what we saved and gives the same vectors; a second save changes nothing."""
import json

import numpy as np
import pytest
from conftest import GOLDENS, encode, run_sbert
from sentence_transformers import SentenceTransformer

PAIRS = [("A man is playing a guitar.", "A person plays music", 0.8), ("the cat sleeps", "a dog is running", 0.2)] * 4


def train(model, output, *flags):
    rows = output.parent / "rows.jsonl"
    rows.write_text("".join(json.dumps({"a": a, "b": b, "score": score}) + "\n" for a, b, score in PAIRS))
    run_sbert("train", "--model", model, "--data", rows, "--columns", "a,b,score", "--loss", "CosineSimilarityLoss",
              "--batch-size", "4", "--epochs", "2", "--lr", "1e-3", "--output", output, "--quiet", *flags)
    return output


@pytest.mark.parametrize("name", ["model", "model_dense"])
def test_python_loads_what_we_saved(name, real_texts, tmp_path):
    saved = train(GOLDENS / name, tmp_path / "trained", "--precision", "f32")
    texts = real_texts[:200]
    python = SentenceTransformer(str(saved), device="cpu")
    before = SentenceTransformer(str(GOLDENS / name), device="cpu")
    assert np.abs(encode(saved, texts, tmp_path, "--precision", "f32") - python.encode(texts)).max() <= 1e-5
    assert np.abs(python.encode(texts) - before.encode(texts)).max() > 1e-4, "training changed nothing"
    assert [type(module).__name__ for module in python] == [type(module).__name__ for module in before]
    assert python.prompts == before.prompts
    assert python.max_seq_length == before.max_seq_length
    assert python.similarity_fn_name == before.similarity_fn_name


def test_nothing_but_training_changes_a_model(tmp_path):
    """A learning rate of nearly 0: every tensor comes back as it went in, pooler and all."""
    from safetensors.numpy import load_file

    saved = train(GOLDENS / "model_dense", tmp_path / "same", "--lr", "1e-30")
    for file in ("model.safetensors", "2_Dense/model.safetensors"):
        before, after = load_file(GOLDENS / "model_dense" / file), load_file(saved / file)
        assert before.keys() == after.keys()
        for name, values in before.items():
            assert values.tobytes() == after[name].tobytes(), name


def test_real_model(real_model, real_texts, tmp_path):
    saved = train(real_model, tmp_path / "trained", "--lr", "2e-5")
    texts = real_texts[:100]
    python = SentenceTransformer(str(saved), device="cpu").encode(texts)
    assert np.abs(encode(saved, texts, tmp_path, "--precision", "f32") - python).max() <= 1e-5


def test_python_trains_on(tmp_path):
    """What we saved is a model like any other: Python saves it again and we read that."""
    saved = train(GOLDENS / "model_dense", tmp_path / "ours")
    again = SentenceTransformer(str(saved), device="cpu")
    again.save_pretrained(str(tmp_path / "python"))
    texts = ["the cat sleeps", "cold rain in the night"]
    np.testing.assert_allclose(encode(tmp_path / "python", texts, tmp_path, "--precision", "f32"), again.encode(texts),
                               atol=1e-6)
