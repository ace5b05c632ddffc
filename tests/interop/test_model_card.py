"""The model card of a training is one to the Hub's own parser, and what it says is so."""
import contextlib
import io
import json
import os
import pathlib
import re
import shutil
import subprocess

import numpy as np
import pytest
from conftest import GOLDENS, SBERT, encode, run_sbert
from huggingface_hub import EvalResult, ModelCard
from sentence_transformers import SentenceTransformer

NASTY = ["colon: text", "it's \"quoted\"", "  led by spaces", "- dash", "# hash", "smile \U0001f600", "two\nlines", "tab\there",
         "next\u0085line\u2028end", "yes", "{a: b}", "| pipe `code` *star* <b>", "---", "back\\slash", "```", "$(echo x) $HOME",
         "\ufeffmark", "&amp; [link](x)"]


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A model that came from the Hub, trained on nasty texts with two evaluators of nasty names."""
    directory = tmp_path_factory.mktemp("card")
    snapshot = directory / "hub" / "models--acme--tiny" / "snapshots" / "0123abc"
    shutil.copytree(GOLDENS / "model", snapshot)
    rows = directory / "rows: #1.jsonl"
    rows.write_text("".join(json.dumps({"a": a, "b": b, "score": i % 5 / 4}) + "\n"
                            for i, (a, b) in enumerate(zip(NASTY, NASTY[1:] + NASTY[:1]))))
    recipe = {"model": str(snapshot), "output": str(directory / "out"), "epochs": 2, "lr": 1e-3, "batch_size": 4, "precision": "f32",
              "log": str(directory / "log.jsonl"), "keep_best": True, "best_metric": "a: 'dev'_spearman_cosine",
              "objectives": [{"data": str(rows), "columns": ["a", "b", "score"],
                              "loss": {"name": "MatryoshkaLoss", "matryoshka_dims": [32, 16], "loss": "CoSENTLoss"}},
                             {"data": str(rows), "columns": ["a", "b"], "loss": "MultipleNegativesRankingLoss"}],
              "eval": [{"kind": "sts", "data": str(rows), "columns": ["a", "b", "score"], "name": "a: 'dev'"},
                       {"kind": "translation", "data": str(rows), "columns": ["a", "b"], "name": "a: 'dev' 2"}]}
    (directory / "recipe.yaml").write_text(json.dumps(recipe))
    run_sbert("train", directory / "recipe.yaml", "--quiet")
    return directory / "out"


def test_front_matter(trained):
    data = ModelCard.load(trained / "README.md").data
    assert data.library_name == "sentence-transformers" and data.pipeline_tag == "sentence-similarity"
    assert data.base_model == "acme/tiny"
    assert {"sentence-transformers", "sentence-similarity", "feature-extraction", "dense", "generated_from_trainer",
            f"dataset_size:{2 * len(NASTY)}", "loss:MatryoshkaLoss", "loss:CoSENTLoss",
            "loss:MultipleNegativesRankingLoss"} == set(data.tags)
    texts = [text for example in data.widget for text in [example["source_sentence"], *example["sentences"]]]
    assert len(data.widget) == 5 and set(texts) <= set(NASTY)


def test_results_are_those_of_the_model_that_was_kept(trained):
    data = ModelCard.load(trained / "README.md").data
    log = [json.loads(line) for line in (trained.parent / "log.jsonl").read_text().splitlines()]
    kept = max((entry["evaluation"] for entry in log if "evaluation" in entry and entry["step"] > 0),
               key=lambda metrics: metrics["a: 'dev'_spearman_cosine"])
    del kept["sequential_score"]  # of no evaluator, as in Python's cards
    seen = {}
    for result in data.eval_results:
        assert isinstance(result, EvalResult) and isinstance(result.metric_value, float)
        assert result.metric_type in data.metrics
        seen[f"{result.dataset_name}_{result.metric_type}"] = result.metric_value
    assert seen == pytest.approx(kept)
    assert {(result.task_type, result.dataset_name) for result in data.eval_results} == {
        ("semantic-similarity", "a: 'dev'"), ("translation", "a: 'dev' 2")}


def blocks(trained, language):
    text = (trained / "README.md").read_text().replace("sentence_transformers_model_id", str(trained))
    return re.findall(rf"^```+{language}\n(.*?)^```+$", text, re.DOTALL | re.MULTILINE)


def numbers(text):
    return np.array([float(number) for number in re.findall(r"-?\d+\.\d+", text)])


def test_python_prints_what_the_card_shows(trained):
    [code] = blocks(trained, "python")
    shown, printed = code.split("print(similarities)\n")[1], io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, {})
    assert printed.getvalue().startswith("(3, 32)\n")
    np.testing.assert_allclose(numbers(printed.getvalue()), numbers(shown), atol=1.5e-4)


def test_the_commands_run(trained, tmp_path):
    [code] = blocks(trained, "sh")
    (tmp_path / "texts.txt").write_text("a cat\n")
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True,
                          env=dict(os.environ, PATH=f"{SBERT.parent}:{os.environ['PATH']}"))
    [python] = blocks(trained, "python")
    assert len(numbers(done.stdout)) >= 9, done.stdout
    assert np.load(tmp_path / "embeddings.npy").shape == (1, 32)


def test_python_loads_the_model_and_keeps_its_card(trained, tmp_path):
    model = SentenceTransformer(str(trained), device="cpu")
    np.testing.assert_allclose(encode(trained, ["a cat"], tmp_path, "--precision", "f32"), model.encode(["a cat"]), atol=1e-5)
    model.save_pretrained(str(tmp_path / "again"))
    assert ModelCard.load(tmp_path / "again" / "README.md").data.to_dict() == ModelCard.load(trained / "README.md").data.to_dict()


def test_a_body_that_markdown_does_not_take_for_markup(trained):
    """Every table has as many cells in each row."""
    for table in re.findall(r"(?:^\|.*\|\n)+", (trained / "README.md").read_text(), re.MULTILINE):
        assert len({line.count("|") for line in table.rstrip("\n").split("\n")}) == 1, table
    assert pathlib.Path(trained / "README.md").read_text().count("\n---\n") == 1
