#!/usr/bin/env python3
"""Compares StaticEmbedding with Python sentence-transformers on the vectors and tokenizer of PyPI `wordllama` (256
dimensions, no special tokens): texts a second on 100,000 texts, the vectors themselves, and STSbenchmark's test Spearman.

    $(tests/interop/reference_python.sh) bench/static_embedding.py [--build build/release] [--rounds N]

Each round runs Python and us one after the other; of each the best round counts. Timed is the call of `encode` alone, after
one to warm up, on both sides with all cores and the default batch size; and of us also the whole process of `sbert encode`,
from its start over loading the model to the written file. Texts: captions (Multi30k) from $SBERT_TEST_DATA_DIR, by default
../shared/data beside the repository, or --texts FILE, one a line.
"""
import argparse
import gzip
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import zipfile

os.environ.setdefault("HF_HUB_OFFLINE", "1")
import numpy as np  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = pathlib.Path(os.environ.get("SBERT_TEST_DATA_DIR", ROOT.parent / "shared" / "data"))
WORDLLAMA = "wordllama==0.4.0.post1"
COUNT = 100_000


def make_model(folder):
    """The model as Python saves it; only two files of the wheel are taken."""
    from safetensors.numpy import load
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer

    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, WORDLLAMA], check=True)
    wheel = zipfile.ZipFile(next(folder.glob("wordllama-*.whl")))
    weights = load(wheel.read("wordllama/weights/l2_supercat_256.safetensors"))["embedding.weight"].astype(np.float32)
    tokenizer = Tokenizer.from_str(wheel.read("wordllama/tokenizers/l2_supercat_tokenizer_config.json").decode())
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu")
    model.save(str(folder / "model"))
    return model, folder / "model"


def captions():
    for number in range(1, 6):
        with gzip.open(DATA / f"multi30k/train.{number}.en.gz", "rt", encoding="utf-8") as file:
            yield from file


def seconds_of(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def measure(options, model, directory, texts, folder):
    texts_file, vectors = folder / "texts.txt", folder / "ours.npy"
    texts_file.write_text("".join(text + "\n" for text in texts), encoding="utf-8")
    python, ours, process = [], [], []
    for _ in range(options.rounds):
        model.encode(texts)
        python.append(seconds_of(lambda: model.encode(texts)))
        output = subprocess.run([options.build / "bench/bench_encode", directory, texts_file, "3"], stdout=subprocess.PIPE,
                                text=True, check=True)
        ours += [float(line) for line in output.stdout.split()[1:]]
        process.append(seconds_of(lambda: subprocess.run(
            [options.build / "sbert", "encode", "--model", directory, "--input", texts_file, "--output", vectors, "--quiet"],
            check=True)))
    difference = float(np.abs(model.encode(texts) - np.load(vectors)).max())
    python, ours, process = (len(texts) / min(seconds) for seconds in (python, ours, process))
    print("| texts | Python's encode, texts/s | our encode | ratio | whole process of `sbert encode` | ratio | largest difference |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    print(f"| {len(texts):,} | {python:,.0f} | {ours:,.0f} | {ours / python:.1f}x | {process:,.0f} | {process / python:.1f}x | "
          f"{difference:.1e} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--texts", type=pathlib.Path)
    options = parser.parse_args()
    lines = options.texts.open(encoding="utf-8") if options.texts else captions()
    texts = [line.strip() for line, _ in zip(lines, range(COUNT))]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        model, directory = make_model(folder)
        measure(options, model, directory, texts, folder)
        sts = DATA / "stsbenchmark/sts-test.csv"
        if not sts.exists():
            print(f"{sts} is absent: no Spearman", file=sys.stderr)
            return
        print("\nSTSbenchmark, test, with us:", flush=True)
        subprocess.run([options.build / "sbert", "eval", "--model", directory, "--task", "sts", "--data", sts, "--format", "tsv",
                        "--no-header", "--no-quoting", "--columns", "sentence1=5,sentence2=6,score=4", "--quiet"], check=True)


if __name__ == "__main__":
    main()
