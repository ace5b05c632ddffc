#!/usr/bin/env python3
"""Compares the speed of our tokenizers with that of Hugging Face's `tokenizers`, on one core and the same texts, and checks
that the ids are the same. Prints MB/s of the first pass over the texts (both sides' word caches are empty) and of the best
later one, and their ratios.

    $(tests/interop/reference_python.sh) bench/tokenizer_speed.py [--bench build/release/bench/bench_tokenizer] [--rounds N]

Each round runs Python and us one after the other, each with a new tokenizer and as many passes; of each pass the best round
counts. Python's `encode_batch_fast` gets batches of 256 texts and its encodings are dropped; we keep ours.

Texts and tokenizers: abstracts (SciFact), captions and premises (Multi30k, SNLI) and sentences in thirteen languages
(Tatoeba), all-MiniLM-L6-v2's WordPiece, GPT-2's BPE and a Unigram with XLM-R's normalizer, from $SBERT_TEST_DATA_DIR (by default
../shared/data beside the repository) and ~/.cache/sbert; or your own with --tokenizer FILE --texts FILE.
"""
import argparse
import gzip
import importlib.metadata
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"
import tokenizers  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = pathlib.Path(os.environ.get("SBERT_TEST_DATA_DIR", ROOT.parent / "shared" / "data"))
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "sbert"
BATCH = 256
MAX_BYTES = 3_000_000


def abstracts():
    with gzip.open(DATA / "scifact/beir/corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield row["title"] + " " + row["text"]


def sentences():
    for name in sorted((DATA / "snli").glob("s1.*")) + sorted((DATA / "multi30k").glob("train*.gz")):
        with (gzip.open if name.suffix == ".gz" else open)(name, "rt", encoding="utf-8") as file:
            yield from file


def languages():
    columns = [path.read_text(encoding="utf-8").splitlines() for path in sorted((DATA / "tatoeba").iterdir())]
    for i in range(max(map(len, columns))):
        yield from (column[i] for column in columns if i < len(column))


TEXTS = {"abstracts": abstracts, "sentences": sentences, "languages": languages}
TOKENIZERS = {
    "WordPiece (all-MiniLM-L6-v2)": (CACHE / "all-MiniLM-L6-v2/tokenizer.json", ["abstracts", "sentences"]),
    "byte-level BPE (GPT-2)": (DATA / "tokenizers/gpt2/tokenizer.json", ["abstracts", "sentences"]),
    "Unigram (XLM-R)": (DATA / "tokenizers/xlmr-pruned/tokenizer.json", ["abstracts", "sentences", "languages"]),
}


def lines_of(texts):
    """So many of the texts as are MAX_BYTES, each without line ends."""
    lines, size = [], 0
    for text in texts:
        lines.append(" ".join(text.split("\n")).replace("\r", " ").strip())
        size += len(lines[-1].encode()) + 1
        if size > MAX_BYTES:
            break
    return lines


def python_passes(tokenizer_file, lines, passes):
    tokenizer = tokenizers.Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    batches = [lines[start:start + BATCH] for start in range(0, len(lines), BATCH)]
    seconds = []
    for _ in range(passes):
        start = time.perf_counter()
        for batch in batches:
            tokenizer.encode_batch_fast(batch)
        seconds.append(time.perf_counter() - start)
    return seconds, tokenizer


def our_passes(bench, tokenizer_file, texts_file, passes, ids_file):
    process = subprocess.run([bench, tokenizer_file, texts_file, str(passes), ids_file], stdout=subprocess.PIPE, text=True)
    if process.returncode != 0:
        sys.exit(process.returncode)
    return [float(line) for line in process.stdout.split()]


def compare(options, tokenizer_file, lines, folder):
    texts_file, ids_file = folder / "texts", folder / "ids"
    texts_file.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    python_runs, our_runs = [], []
    for _ in range(options.rounds):
        seconds, tokenizer = python_passes(tokenizer_file, lines, options.passes)
        python_runs.append(seconds)
        our_runs.append(our_passes(options.bench, tokenizer_file, texts_file, options.passes, ids_file))
    expected = [str(encoding.ids) for encoding in tokenizer.encode_batch_fast(lines)]
    if expected != ids_file.read_text().splitlines():
        sys.exit(f"{tokenizer_file}: the ids differ")
    megabytes = texts_file.stat().st_size / 1e6
    cold = [megabytes / min(run[0] for run in runs) for runs in (python_runs, our_runs)]
    warm = [megabytes / min(min(run[1:]) for run in runs) for runs in (python_runs, our_runs)]
    return len(lines), megabytes, cold, warm


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=pathlib.Path, default=ROOT / "build/release/bench/bench_tokenizer")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--passes", type=int, default=3, help="passes a round, the cold one included; at least 2")
    parser.add_argument("--tokenizer", type=pathlib.Path, help="a tokenizer.json")
    parser.add_argument("--texts", type=pathlib.Path, help="one text a line, for --tokenizer")
    options = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    if options.tokenizer and options.texts:
        todo = [(options.tokenizer.parent.name, options.tokenizer, options.texts.name,
                 lambda: options.texts.open(encoding="utf-8"))]
    else:
        todo = [(name, file, texts, TEXTS[texts]) for name, (file, sets) in TOKENIZERS.items() for texts in sets]
    print(f"tokenizers {importlib.metadata.version('tokenizers')}, one core, {options.passes} passes, best of {options.rounds}\n")
    print("| tokenizer | texts | MB | tokenizers, first pass, MB/s | ours | ratio | tokenizers, later, MB/s | ours | ratio |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for name, tokenizer_file, texts, make in todo:
            if not tokenizer_file.exists():
                print(f"{tokenizer_file} is absent: {name} is skipped", file=sys.stderr)
                continue
            count, megabytes, cold, warm = compare(options, tokenizer_file, lines_of(make()), pathlib.Path(folder))
            print(f"| {name} | {count:,} {texts} | {megabytes:.1f} | {cold[0]:.2f} | {cold[1]:.1f} | {cold[1] / cold[0]:.1f}x "
                  f"| {warm[0]:.2f} | {warm[1]:.1f} | {warm[1] / warm[0]:.1f}x |", flush=True)


if __name__ == "__main__":
    main()
