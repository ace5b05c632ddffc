#!/usr/bin/env python3
"""One training with Python sentence-transformers, in a process of its own. Called by training_runs.py.

    training_reference.py MODEL TASK WORK SEED

Prints a JSON object: the metric before and after, the seconds of trainer.train() alone.
"""
import json
import os
import pathlib
import sys
import tempfile
import time

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from datasets import Dataset  # noqa: E402
from sentence_transformers import (SentenceTransformer, SentenceTransformerTrainer,  # noqa: E402
                                   SentenceTransformerTrainingArguments)
from sentence_transformers.sentence_transformer import evaluation, losses  # noqa: E402

from training_tasks import TASKS  # noqa: E402

SAMPLERS = {"any": "batch_sampler", "no-duplicates": "no_duplicates", "group-by-label": "group_by_label"}


def read(file):
    return [json.loads(line) for line in file.read_text().splitlines()]


def make_evaluator(task, rows):
    columns = [[row[name] for row in rows] for name in task.evaluation_columns]
    if task.evaluation == "sts":
        return evaluation.EmbeddingSimilarityEvaluator(*columns)
    if task.evaluation == "triplet":
        return evaluation.TripletEvaluator(*columns)
    queries, documents = columns
    ids = {text: str(i) for i, text in enumerate(dict.fromkeys(documents))}
    return evaluation.InformationRetrievalEvaluator({f"q{i}": text for i, text in enumerate(queries)},
                                                    {i: text for text, i in ids.items()},
                                                    {f"q{i}": {ids[text]} for i, text in enumerate(documents)})


def make_loss(task, model):
    parameters = dict(task.parameters)
    if task.loss == "SoftmaxLoss":
        parameters |= {"embedding_dimension": model.get_embedding_dimension(), "num_labels": 3}
    return getattr(losses, task.loss)(model, **parameters)


def main():
    directory, name, work, seed = sys.argv[1:]
    task = next(task for task in TASKS if task.name == name)
    work = pathlib.Path(work)
    model = SentenceTransformer(directory, device="cpu")
    evaluator = make_evaluator(task, read(work / f"{name}.dev.jsonl"))
    rows = [{column: row[column] for column in task.columns} for row in read(work / f"{name}.train.jsonl")]
    before = evaluator(model)[task.metric]
    with tempfile.TemporaryDirectory() as scratch:
        arguments = SentenceTransformerTrainingArguments(
            output_dir=scratch, num_train_epochs=task.epochs, per_device_train_batch_size=task.batch_size,
            learning_rate=task.learning_rate, weight_decay=0.01, warmup_ratio=task.warmup_ratio, seed=int(seed),
            batch_sampler=SAMPLERS[task.batches], use_cpu=True, save_strategy="no", logging_strategy="no",
            report_to="none", disable_tqdm=True)
        trainer = SentenceTransformerTrainer(model=model, args=arguments, train_dataset=Dataset.from_list(rows),
                                             loss=make_loss(task, model))
        start = time.perf_counter()
        trainer.train()
        seconds = time.perf_counter() - start
    print(json.dumps({"before": float(before), "after": float(evaluator(model)[task.metric]), "seconds": seconds}))


if __name__ == "__main__":
    main()
