"""The real TensorBoard reads our event files: each step and each evaluation, also over a break of the run."""
import hashlib
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys

import pytest
from conftest import GOLDENS, run_sbert

REQUIREMENTS = pathlib.Path(__file__).parent / "tensorboard.txt"
PAIRS = [("A man is playing a guitar.", "A person plays music", 0.8), ("the cat sleeps", "a dog is running", 0.2),
         ("cold rain in the night", "snow and dark sky", 0.6), ("red car", "the large blue mountain river", 0.0)] * 4
READ = """
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0}).Reload()
json.dump({tag: [(e.step, e.value, e.wall_time) for e in events.Scalars(tag)] for tag in events.Tags()["scalars"]}, sys.stdout)
"""


@pytest.fixture(scope="session")
def scalars():
    """Reads a directory with TensorBoard, which is kept beside the reference's environment."""
    version = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]
    packages = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache"), "sbert", f"tensorboard-{version}")
    if not (packages / "complete").exists():
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-cache-dir", "--no-deps",
                        "--upgrade", "--target", packages, "-r", REQUIREMENTS], check=True)
        (packages / "complete").touch()

    def read(directory):
        done = subprocess.run([sys.executable, "-c", READ, directory], env=dict(os.environ, PYTHONPATH=str(packages)),
                              capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    return read


def train(directory, rows, steps, *flags):
    run_sbert("train", "--model", GOLDENS / "model", "--data", rows, "--columns", "a,b,score", "--loss", "CosineSimilarityLoss",
              "--batch-size", "4", "--max-steps", steps, "--save-steps", "4", "--eval", f"sts:{rows}", "--eval-steps", "4",
              "--log", directory / "log.jsonl", "--output", directory / "run", "--quiet", *flags)
    log = [json.loads(line) for line in (directory / "log.jsonl").read_text().splitlines()]
    return [entry for entry in log if "loss" in entry], [entry for entry in log if "loss" not in entry]


def test_tensorboard_reads_every_step(scalars, tmp_path):
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps({"a": a, "b": b, "score": score}) + "\n" for a, b, score in PAIRS))
    steps, evaluations = train(tmp_path, rows, 8)
    assert (len(steps), len(evaluations)) == (8, 3)
    seen = scalars(tmp_path / "run" / "runs")
    for tag, key in [("train/loss", "loss"), ("train/learning_rate", "lr"), ("train/grad_norm", "grad_norm")]:
        assert [step for step, *_ in seen[tag]] == list(range(1, 9))
        assert all(math.isclose(value, entry[key], rel_tol=1e-5) for (_, value, _), entry in zip(seen[tag], steps)), tag
    assert [step for step, *_ in seen["eval/spearman_cosine"]] == [0, 4, 8]
    times = [time for *_, time in seen["train/loss"]]
    assert times == sorted(times)
    assert {"train/epoch", "train/tokens_per_second", "eval/pearson_cosine"} <= seen.keys()

    # What a checkpoint makes happen anew is there once.
    shutil.rmtree(tmp_path / "run" / "checkpoint-8")
    train(tmp_path, rows, 8, "--resume")
    again = scalars(tmp_path / "run" / "runs")
    assert [step for step, *_ in again["train/loss"]] == list(range(1, 9))
    assert [value for _, value, _ in again["train/loss"]] == pytest.approx([value for _, value, _ in seen["train/loss"]], rel=1e-6)
