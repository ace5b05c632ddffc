#!/usr/bin/env python3
"""The reverse dictionary of examples/reverse-dictionary, trained with Python sentence-transformers: what ours must match.

    python bench/reverse_dictionary_reference.py --model DIR --data DIR [--seed N ...] [--output results.json]

--data is what make_dataset.sh wrote. Prints one JSON object: the metrics before, and after training with each seed, and
the seconds of training.
"""
import argparse
import json
import pathlib
import sys
import tempfile
import time

from datasets import Dataset
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, SentenceTransformerTrainingArguments
from sentence_transformers.sentence_transformer.evaluation import InformationRetrievalEvaluator
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

SHOWN = ["cosine_accuracy@1", "cosine_accuracy@10", "cosine_mrr@10"]


def read_pairs(path):
    with open(path) as lines:
        return [json.loads(line) for line in lines]


def make_evaluator(data):
    heldout = read_pairs(data / "heldout.jsonl")
    corpus = {str(i): text for i, text in enumerate((data / "candidates.txt").read_text().splitlines())}
    ids = {text: i for i, text in corpus.items()}
    queries = {str(i): row["gloss"] for i, row in enumerate(heldout)}
    relevant = {str(i): {ids[row["lemmas"]]} for i, row in enumerate(heldout)}
    return InformationRetrievalEvaluator(queries, corpus, relevant)


def evaluate(evaluator, model):
    metrics = evaluator(model)
    return {name: float(metrics[name]) for name in SHOWN}


def train(model, rows, seed, precision):
    with tempfile.TemporaryDirectory() as scratch:
        arguments = SentenceTransformerTrainingArguments(
            output_dir=scratch, num_train_epochs=1, per_device_train_batch_size=64, learning_rate=5e-5,
            weight_decay=0.01, warmup_ratio=0.1, bf16=precision == "bf16", seed=seed, use_cpu=True, save_strategy="no",
            logging_strategy="no", report_to="none", disable_tqdm=True)
        trainer = SentenceTransformerTrainer(model=model, args=arguments, train_dataset=Dataset.from_list(rows),
                                             loss=MultipleNegativesRankingLoss(model))
        start = time.perf_counter()
        trainer.train()
        return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--seed", type=int, nargs="*", default=[42])
    parser.add_argument("--precision", choices=["bf16", "f32"], default="bf16")
    parser.add_argument("--output")
    arguments = parser.parse_args()

    evaluator = make_evaluator(arguments.data)
    rows = read_pairs(arguments.data / "train.jsonl")
    report = {"precision": arguments.precision, "runs": []}
    for seed in arguments.seed:
        model = SentenceTransformer(arguments.model, device="cpu")
        if "before" not in report:
            report["before"] = evaluate(evaluator, model)
            print(report["before"], file=sys.stderr, flush=True)
        seconds = train(model, rows, seed, arguments.precision)
        report["runs"].append({"seed": seed, "seconds": seconds, "after": evaluate(evaluator, model)})
        print(report["runs"][-1], file=sys.stderr, flush=True)
    text = json.dumps(report, indent=2)
    print(text)
    if arguments.output:
        pathlib.Path(arguments.output).write_text(text + "\n")


if __name__ == "__main__":
    main()
