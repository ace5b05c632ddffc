#!/usr/bin/env python3
"""One measurement of Python sentence-transformers, in a process of its own; prints one JSON object. Called by compare.py.

    reference.py MODEL encode TEXTS.txt f32|bf16 VECTORS.npy
    reference.py MODEL first TEXT
    reference.py MODEL sts ROWS.jsonl
    reference.py MODEL train ROWS.jsonl LOSS BATCH_SIZE STEPS f32|bf16
"""
import json
import os
import pathlib
import sys
import time

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def load(directory, precision="f32"):
    import torch
    from sentence_transformers import SentenceTransformer

    more = {"dtype": torch.bfloat16} if precision == "bf16" else {}
    return SentenceTransformer(directory, device="cpu", model_kwargs=more)


def encode(directory, texts, precision, vectors):
    import numpy as np

    model = load(directory, precision)
    lines = pathlib.Path(texts).read_text().splitlines()
    model.encode(lines[:64])
    start = time.perf_counter()
    embeddings = model.encode(lines)
    seconds = time.perf_counter() - start
    np.save(vectors, embeddings.astype(np.float32))
    return {"seconds": seconds, "texts": len(lines)}


def first(directory, text):
    return {"dimension": len(load(directory).encode(text))}


def sts(directory, rows):
    from sentence_transformers.sentence_transformer.evaluation import EmbeddingSimilarityEvaluator

    table = [json.loads(line) for line in pathlib.Path(rows).read_text().splitlines()]
    evaluate = EmbeddingSimilarityEvaluator(*([row[name] for row in table] for name in ("a", "b", "score")))
    return {"spearman": float(evaluate(load(directory))["spearman_cosine"])}


def train(directory, rows, loss, batch_size, steps, precision):
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "interop"))
    from reference_training import train_in_order

    model = load(directory)
    table = [json.loads(line) for line in pathlib.Path(rows).read_text().splitlines()]
    names = list(table[0])
    labels = [row["score"] for row in table] if "score" in names else None
    columns = [[row[name] for row in table] for name in names if name != "score"]
    start = time.perf_counter()
    run = train_in_order(model, columns, labels, loss, steps=int(steps), batch_size=int(batch_size),
                         learning_rate=2e-5, warmup_steps=0, bf16=precision == "bf16")
    return {"seconds": time.perf_counter() - start, "last_loss": run["loss"][-1]}


if __name__ == "__main__":
    result = {"encode": encode, "first": first, "sts": sts, "train": train}[sys.argv[2]](sys.argv[1], *sys.argv[3:])
    print(json.dumps(result))
