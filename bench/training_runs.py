#!/usr/bin/env python3
"""Trains on real data of every shape, with us (three seeds) and with Python sentence-transformers in f32 (one), and writes the
metrics, tokens a second and memory of both.

    python bench/training_runs.py --model DIR --data DIR [--work build/bench/training] [--task NAME ...]

Run it with a Python that has tests/interop/requirements.txt (tests/interop/reference_python.sh prints its path). --data is
a folder with stsbenchmark, sentence-compression, trec, qqp and snli. Takes half an hour on two quiet cores. Each run is kept
in --work and not repeated; WORK/results.md is the table. What is timed favours Python: of it trainer.train() alone, of
us the whole process, from its start over loading the model to the saved directory.
"""
import argparse
import json
import pathlib
import statistics
import sys

from compare import ROOT, run
from training_tasks import TASKS, make_data

HERE = pathlib.Path(__file__).resolve().parent


class Runs:
    def __init__(self, arguments):
        self.sbert, self.model, self.work = arguments.sbert, arguments.model, arguments.work
        self.seeds = arguments.seeds

    def kept(self, name, make):
        file = self.work / f"{name}.json"
        if not file.exists():
            file.write_text(json.dumps(make()) + "\n")
            print(name, file.read_text().strip(), file=sys.stderr, flush=True)
        return json.loads(file.read_text())

    def metric(self, task, model):
        output, _, _ = run([self.sbert, "eval", "--model", model, "--task", task.evaluation, "--data",
                            self.work / f"{task.name}.dev.jsonl", "--columns", ",".join(task.evaluation_columns), "--quiet"])
        return next(value for name, value in json.loads(output).items() if name.endswith(task.metric))

    def ours(self, task, seed):
        output = self.work / "trained"
        loss = task.loss + "".join(f":{name}={value}" for name, value in task.parameters.items())
        _, seconds, memory = run([
            self.sbert, "train", "--model", self.model, "--data", self.work / f"{task.name}.train.jsonl", "--columns",
            ",".join(task.columns), "--loss", loss, "--batch-size", task.batch_size, "--batches", task.batches, "--epochs",
            task.epochs, "--lr", task.learning_rate, "--warmup-ratio", task.warmup_ratio, "--seed", seed, "--output", output,
            "--quiet"])
        return {"seconds": seconds, "memory": memory, "after": self.metric(task, output)}

    def python(self, task, seed):
        output, _, memory = run([sys.executable, "-B", HERE / "training_reference.py", self.model, task.name, self.work, seed])
        return json.loads(output.splitlines()[-1]) | {"memory": memory}

    def tokens(self, task):
        """Tokens of all inputs of an epoch, special ones included, as the model sees them."""
        total = 0
        for column in task.columns:
            if column in ("label", "score"):
                continue
            output, _, _ = run([self.sbert, "tokenize", "--model", self.model, "--input",
                                self.work / f"{task.name}.train.jsonl", "--column", column])
            total += sum(len(json.loads(line)["ids"]) for line in output.splitlines())
        return total * task.epochs

    def row(self, task):
        tokens = self.kept(f"{task.name}.tokens", lambda: self.tokens(task))
        before = self.kept(f"{task.name}.before", lambda: self.metric(task, self.model))
        python = self.kept(f"{task.name}.python", lambda: self.python(task, self.seeds[0]))
        ours = [self.kept(f"{task.name}.ours.{seed}", lambda seed=seed: self.ours(task, seed)) for seed in self.seeds]
        seconds = statistics.median(run["seconds"] for run in ours)
        after = " ".join(f"{run['after']:.4f}" for run in ours)
        rows = len((self.work / f"{task.name}.train.jsonl").read_text().splitlines())
        return (f"| {task.title} | {task.loss} | {rows:,} | {task.metric} | {before:.4f} | {after} | {python['after']:.4f} | "
                f"{tokens / seconds:,.0f} | {tokens / python['seconds']:,.0f} | {python['seconds'] / seconds:.1f}x | "
                f"{seconds:.0f} : {python['seconds']:.0f} | {max(run['memory'] for run in ours) / 1e6:,.0f} : "
                f"{python['memory'] / 1e6:,.0f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sbert", default=ROOT / "build" / "release" / "sbert", type=pathlib.Path)
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--work", default=ROOT / "build" / "bench" / "training", type=pathlib.Path)
    parser.add_argument("--task", nargs="*", help="only these: " + ", ".join(task.name for task in TASKS))
    parser.add_argument("--seeds", nargs="*", type=int, default=[1, 2, 42], help="of ours; the first is Python's")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    make_data(arguments.data, arguments.work)

    runs = Runs(arguments)
    lines = ["| data | loss | rows | metric | before | ours, seeds " + ", ".join(map(str, arguments.seeds)) +
             " | Python | ours, tokens/s | Python, tokens/s | ratio | training, s | peak memory, MB |",
             "|---|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|"]
    lines += [runs.row(task) for task in TASKS if not arguments.task or task.name in arguments.task]
    text = "\n".join(lines) + "\n"
    (arguments.work / "results.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
