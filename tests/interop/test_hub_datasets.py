"""Data sets of the Hub are found, read and cached as by Python's `datasets`."""
import gzip
import json

import pytest
from conftest import GOLDENS
from hub_server import running_hub

CARD = """---
configs:
- config_name: pair
  default: true
  data_files:
  - {split: train, path: pair/train*}
  - {split: dev, path: [pair/more/*, pair/dev.jsonl]}
- config_name: below
  data_dir: pair
- config_name: one
  data_files: "**/dev.jsonl"
---
"""
# Each file holds one row, which is its name.
LAYOUTS = {
    "names": ["my_train.jsonl", "dev-1.jsonl", "sub/eval.jsonl", "trainer.jsonl", ".test.jsonl", "__x/test.jsonl"],
    "shards": ["data/train-00001-of-00002.jsonl", "data/train-00000-of-00002.jsonl", "data/extra-00000-of-00001.jsonl",
               "test.jsonl"],
    "directories": ["train/b.jsonl", "train/a.jsonl", "x/valid_1/c.jsonl", "test.jsonl"],
    "anything": ["b.jsonl.gz", "a.jsonl", "c.csv", "notes.md", "config.json"],
    "csv": ["train.csv", "test.csv.gz", "README.txt"],
    "text": ["train/a.txt", "train/b.txt", "test.txt"],
    "card": ["README.md", "pair/train-1.jsonl", "pair/train-0.jsonl", "pair/dev.jsonl", "pair/more/x.jsonl", "y.jsonl"],
}
CONFIGS = [(name, "") for name in LAYOUTS] + [("card", "pair"), ("card", "below"), ("card", "one")]
PYTHON = f"""
import datasets, json
found = []
for name, config in {CONFIGS!r}:
    splits = datasets.load_dataset("acme/" + name, config or None)
    found.append({{split: rows["text"][:] for split, rows in splits.items()}})
print(json.dumps(found))
"""


def write_layout(directory, paths):
    for path in paths:
        file = directory / path
        file.parent.mkdir(parents=True, exist_ok=True)
        content = CARD if path == "README.md" else f"text\n{path}\n" if ".csv" in path else f"{path}\n"
        if ".jsonl" in path:
            content = json.dumps({"text": path}) + "\n"
        file.write_bytes(gzip.compress(content.encode()) if path.endswith(".gz") else content.encode())


@pytest.fixture
def hub(tmp_path):
    repos = []
    for name, paths in LAYOUTS.items():
        write_layout(tmp_path / name, paths)
        repos += ["--repo", f"dataset:acme/{name}={tmp_path / name}"]
    with running_hub(tmp_path / "hf", *repos) as hub:
        yield hub


@pytest.fixture
def program(tmp_path):
    """A data set that is a program, which the Hub converted to Parquet."""
    parquet = pytest.importorskip("pyarrow.parquet")
    import pyarrow

    for path in ("pairs/partial-train/0000.parquet", "pairs/partial-train/0001.parquet", "pairs/test/0000.parquet"):
        file = tmp_path / "export" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        parquet.write_table(pyarrow.table({"text": [path, "same"], "n": [1, 2]}), file)
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "made.py").write_text("raise SystemExit('nobody runs this')\n")
    export = f"dataset:acme/made={tmp_path / 'export'},branch=refs/convert/parquet"
    with running_hub(tmp_path / "hf", "--repo", export, "--repo", f"dataset:acme/made={tmp_path / 'program'}") as hub:
        yield hub


def ours(hub, name, config, split, **variables):
    address = f"hf:acme/{name}{'/' * bool(config)}{config}:{split}"
    lines = hub.sbert("encode", "--model", GOLDENS / "model", "--input", address, "--column", "text", "--quiet", **variables)
    return [json.loads(line)["text"] for line in lines.splitlines()]


def files_sent(hub):
    return [request["target"] for request in hub.control("log")["requests"]
            if request["method"] == "GET" and ("resolve-cache" in request["target"] or request["role"] == "storage")]


def test_the_same_rows_in_the_same_splits(hub):
    python = json.loads(hub.python(PYTHON))
    for (name, config), splits in zip(CONFIGS, python):
        assert {split: ours(hub, name, config, split) for split in splits} == splits, (name, config)
        with pytest.raises(AssertionError, match="it has: " + ", ".join(sorted(splits)) + "\n"):
            ours(hub, name, config, "nosuch")
    # What Python had downloaded did not come again; and is enough without a network.
    hub.control("reset", {})
    for (name, config), splits in zip(CONFIGS, python):
        assert {split: ours(hub, name, config, split, HF_HUB_OFFLINE="1") for split in splits} == splits
    assert hub.control("log")["requests"] == []


def test_python_finds_what_we_downloaded(hub):
    for split in ("train", "dev"):
        ours(hub, "card", "pair", split)
    assert len(files_sent(hub)) == 5, "four files of data and the card"
    hub.control("reset", {})
    hub.python("import datasets; datasets.load_dataset('acme/card', 'pair')")
    assert files_sent(hub) == []


def test_a_program_comes_as_parquet(program):
    try:
        rows = [ours(program, "made", config, split) for config in ("", "pairs") for split in ("train", "test")]
    except AssertionError as error:
        if "built without Parquet" in str(error):
            pytest.skip("sbert was built without Parquet")
        raise
    python = """
import datasets, json
splits = datasets.load_dataset("acme/made", revision="refs/convert/parquet", data_dir="pairs")
print(json.dumps([splits["train"]["text"][:], splits["test"]["text"][:]]))
"""
    assert rows == 2 * json.loads(program.python(python))
