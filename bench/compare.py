#!/usr/bin/env python3
"""Measures sbert and Python sentence-transformers on the same texts, in turn, and prints ratios. Called by run.sh.

Each round runs us and Python one after the other, so that a machine that is busy is busy for both; of each the best round
counts. What is timed favours Python: of it the encode or train call alone, of us the whole process, from its
start over loading the model to the written file.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys
import tempfile

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
MEASUREMENTS = ["first", "encode", "cosine", "mnrl", "sts"]


def run(command, **more):
    """(stdout, seconds, peak memory in bytes) of a process."""
    with tempfile.NamedTemporaryFile(suffix=".json") as result:
        words = [sys.executable, "-S", "-E", HERE / "measure.py", result.name, *command]
        process = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, text=True, **more)
        if process.returncode != 0:
            sys.exit(f"failed: {command}")
        taken = json.load(result)
    return process.stdout, taken["seconds"], taken["peak_memory"]


class Bench:
    def __init__(self, arguments):
        self.sbert, self.model, self.data = arguments.sbert, arguments.model, arguments.data
        self.rounds, self.work, self.texts = arguments.rounds, arguments.work, arguments.texts
        self.results = {}

    def python(self, *words):
        output, seconds, memory = run([sys.executable, "-B", HERE / "reference.py", self.model, *words],
                                      stderr=subprocess.DEVNULL)
        return json.loads(output.splitlines()[-1]), seconds, memory

    def ours(self, *words, **more):
        return run([self.sbert, words[0], "--model", self.model, *words[1:]], **more)

    def note(self, name, value):
        self.results.setdefault(name, []).append(value)
        print(f"  {name}: {value:,.2f}", file=sys.stderr, flush=True)

    def encode(self):
        texts = self.work / "texts.txt"
        lines = (self.data / "sentences.txt").read_text().splitlines()[:self.texts]
        texts.write_text("".join(line + "\n" for line in lines))
        count = len(lines)
        for round_number in range(self.rounds):
            for precision in ("f32", "bf16"):
                vectors = self.work / f"ours_{precision}.npy"
                _, seconds, memory = self.ours("encode", "--input", texts, "--output", vectors, "--precision", precision,
                                               "--quiet")
                self.note(f"encode.{precision}.ours", count / seconds)
                self.note(f"encode.{precision}.ours.memory", memory / 1e6)
                measured, _, memory = self.python("encode", texts, precision, self.work / f"python_{precision}.npy")
                self.note(f"encode.{precision}.python", count / measured["seconds"])
                self.note(f"encode.{precision}.python.memory", memory / 1e6)
        python = np.load(self.work / "python_f32.npy")
        for precision in ("f32", "bf16"):
            ours = np.load(self.work / f"ours_{precision}.npy")
            cosine = (ours * python).sum(1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(python, axis=1)
            self.results[f"encode.{precision}.max_difference"] = float(np.abs(ours - python).max())
            self.results[f"encode.{precision}.min_cosine"] = float(cosine.min())

    def first_embedding(self):
        for _ in range(max(3, self.rounds)):
            _, seconds, _ = self.ours("encode", stdin=subprocess.Popen(["echo", "a first text"],
                                                                        stdout=subprocess.PIPE).stdout)
            self.note("first.ours", seconds)
        for _ in range(self.rounds):
            _, seconds, _ = self.python("first", "a first text")
            self.note("first.python", seconds)

    def tokens(self, rows, columns):
        """Tokens of all inputs, special ones included, as the model sees them."""
        total = 0
        for column in columns:
            output, _, _ = self.ours("tokenize", "--input", rows, "--column", column)
            total += sum(len(json.loads(line)["ids"]) for line in output.splitlines())
        return total

    def train(self, name, rows, loss, batch_size, columns):
        steps = len(rows) // batch_size
        file = self.work / f"{name}.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows[:steps * batch_size]))
        tokens = self.tokens(file, [column for column in columns if column != "score"])
        for _ in range(self.rounds):
            for precision in ("f32", "bf16"):
                _, seconds, memory = self.ours(
                    "train", "--data", file, "--columns", ",".join(columns), "--loss", loss, "--batch-size", batch_size,
                    "--epochs", 1, "--no-shuffle", "--precision", precision, "--output", self.work / "trained", "--quiet")
                self.note(f"train.{name}.{precision}.ours", tokens / seconds)
                self.note(f"train.{name}.{precision}.ours.memory", memory / 1e6)
                measured, _, memory = self.python("train", file, loss, batch_size, steps, precision)
                self.note(f"train.{name}.{precision}.python", tokens / measured["seconds"])
                self.note(f"train.{name}.{precision}.python.memory", memory / 1e6)

    def sts(self, rows):
        """Spearman's correlation with people's scores."""
        file = self.work / "sts.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
        for precision in ("f32", "bf16"):
            output, _, _ = self.ours("eval", "--task", "sts", "--data", file, "--columns", "a,b,score", "--precision",
                                     precision, "--quiet")
            self.results[f"sts.{precision}.ours"] = json.loads(output)["spearman_cosine"]
        self.results["sts.f32.python"] = self.python("sts", file)[0]["spearman"]

    def best(self, name):
        smallest = name.startswith("first")
        return (min if smallest else max)(self.results[name])

    def machine(self):
        cpu = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
        version = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
        import sentence_transformers
        import torch

        return {"cpu": cpu, "cores": len(os.sched_getaffinity(0)), "system": platform.platform(),
                "date": datetime.date.today().isoformat(), "commit": version.stdout.strip(),
                "sentence_transformers": sentence_transformers.__version__, "torch": torch.__version__,
                "rounds": self.rounds, "load_at_start": os.getloadavg()[0]}


def sts_rows(data_directory, split):
    """STSbenchmark where it is, else None."""
    file = data_directory / "stsbenchmark" / f"sts-{split}.csv"
    if not file.exists():
        return None
    rows = [line.split("\t") for line in file.read_text().splitlines()]
    return [{"a": row[5], "b": row[6], "score": float(row[4]) / 5} for row in rows]


def accuracy(bench):
    results = bench.results
    text = ""
    if "encode.f32.ours" in results:
        text += (f"Against Python f32 on the same {bench.texts:,} texts: f32 differs by at most"
                 f" {results['encode.f32.max_difference']:.1e} (cosine at least {results['encode.f32.min_cosine']:.7f}); bf16 has"
                 f" a cosine of at least {results['encode.bf16.min_cosine']:.5f}.")
    if "sts.f32.python" in results:
        text += (f" Spearman's correlation on the test set of STSbenchmark: {results['sts.f32.python']:.5f} with Python,"
                 f" {results['sts.f32.ours']:.5f} with ours in f32, {results['sts.bf16.ours']:.5f} in bf16.")
    return text


def table(bench, scored_name, batch_size):
    lines = ["| what | Python f32 | Python bf16 | ours f32 | ours bf16 | f32 : f32 | bf16 : Python f32 |",
             "|---|---:|---:|---:|---:|---:|---:|"]
    rows = [(f"encode {bench.texts:,} WordNet glosses, texts/s", "encode"),
            (f"train, CosineSimilarityLoss, {scored_name}, batch 16, tokens/s", "train.cosine"),
            (f"train, MultipleNegativesRankingLoss, WordNet, batch {batch_size}, tokens/s", "train.mnrl")]
    for title, name in rows:
        if f"{name}.f32.ours" not in bench.results:
            continue
        values = {(who, p): bench.best(f"{name}.{p}.{who}") for who in ("ours", "python") for p in ("f32", "bf16")}
        f32 = values["python", "f32"]
        lines.append(f"| {title} | {f32:,.0f} | {values['python', 'bf16']:,.0f} | {values['ours', 'f32']:,.0f} | "
                     f"{values['ours', 'bf16']:,.0f} | {values['ours', 'f32'] / f32:.1f}x | "
                     f"{values['ours', 'bf16'] / f32:.1f}x |")
    for title, name in [("peak memory of that encoding, MB", "encode"),
                        ("peak memory of that MultipleNegativesRankingLoss training, MB", "train.mnrl")]:
        if f"{name}.f32.ours" not in bench.results:
            continue
        values = [bench.best(f"{name}.{p}.{who}.memory") for who in ("python", "ours") for p in ("f32", "bf16")]
        lines.append(f"| {title} | " + " | ".join(f"{value:,.0f}" for value in values) +
                     f" | {values[2] / values[0]:.2f}x | {values[3] / values[0]:.2f}x |")
    if "first.ours" in bench.results:
        first = bench.best("first.python"), bench.best("first.ours")
        lines.append(f"| process start to first embedding, s | {first[0]:.2f} | | | {first[1]:.3f} | | "
                     f"{first[0] / first[1]:.0f}x |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sbert", required=True, type=pathlib.Path)
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", required=True, type=pathlib.Path, help="what make_dataset.sh wrote")
    parser.add_argument("--work", required=True, type=pathlib.Path)
    parser.add_argument("--measure", nargs="*", choices=MEASUREMENTS, default=MEASUREMENTS, help="only these")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--texts", type=int, default=10_000, help="to encode")
    parser.add_argument("--steps", type=int, default=40, help="training steps with MultipleNegativesRankingLoss")
    parser.add_argument("--batch-size", type=int, default=64, help="with MultipleNegativesRankingLoss")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)

    bench = Bench(arguments)
    bench.results["machine"] = bench.machine()
    if bench.results["machine"]["load_at_start"] > 0.5:
        print("warning: the machine is busy; trust the ratios more than the rates", file=sys.stderr)
    pairs = [json.loads(line) for line in (arguments.data / "train.jsonl").read_text().splitlines()]
    shared = pathlib.Path(os.environ.get("SBERT_TEST_DATA_DIR", ROOT.parent / "shared" / "data"))
    scored_name, scored = "STSbenchmark", (sts_rows(shared, "train") or [])[:16 * 4 * arguments.steps]
    if not scored:
        scored_name = "WordNet"  # with made-up scores: the work is the same
        scored = [{"a": row["gloss"], "b": row["lemmas"], "score": (i % 6) / 5}
                  for i, row in enumerate(pairs[:16 * 4 * arguments.steps])]
    if "first" in arguments.measure:
        bench.first_embedding()
    if "encode" in arguments.measure:
        bench.encode()
    if "cosine" in arguments.measure:
        bench.train("cosine", scored, "CosineSimilarityLoss", 16, ["a", "b", "score"])
    if "mnrl" in arguments.measure:
        bench.train("mnrl", pairs[:arguments.batch_size * arguments.steps], "MultipleNegativesRankingLoss",
                    arguments.batch_size, ["gloss", "lemmas"])
    if "sts" in arguments.measure and (test := sts_rows(shared, "test")) is not None:
        bench.sts(test)

    machine = bench.results["machine"]
    text = (f"{machine['cpu']}, {machine['cores']} cores; sentence-transformers {machine['sentence_transformers']}, torch "
            f"{machine['torch']}; {machine['date']}, commit {machine['commit']}; best of {machine['rounds']}.\n\n"
            f"{table(bench, scored_name, arguments.batch_size)}\n\n{accuracy(bench)}\n")
    (arguments.work / "results.json").write_text(json.dumps(bench.results, indent=1) + "\n")
    (arguments.work / "results.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
