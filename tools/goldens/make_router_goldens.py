#!/usr/bin/env python3
"""Writes tests/goldens/router/: models whose texts take different ways, and what Python sentence-transformers makes of them.

Run with a Python that has sentence-transformers 6.2.0:
    python tools/goldens/make_router_goldens.py tests/goldens/router
"""
import json
import pathlib
import shutil
import sys
import tempfile

import torch
from make_engine_goldens import BERT_SPECIAL, HIDDEN, TEXTS, save_tensors, tiny_bert, tiny_tokenizer, write_json
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Dense, Normalize, Pooling, Router, StaticEmbedding, Transformer

OUT = 6
# None: no task.
TASKS = {"two_encoders": [None, "query", "document"], "shared": [None, "query", "document"], "asym": ["query", "doc"],
         "mapped": [None, "query", "document", "short"]}

README = """Made by tools/goldens/make_router_goldens.py with Python sentence-transformers {version}; do not edit.

| file | what |
|---|---|
| two_encoders/ | Router.for_query_document: StaticEmbedding, or Transformer, Pooling, Dense; then Normalize |
| shared/ | a Router whose two routes share Transformer and Pooling, each with a Dense of its own |
| asym/ | Transformer, Pooling, and a Router of two Dense after them, as the releases up to 4 wrote it: Asym, no default route |
| mapped/ | a Router without default route and with route_mappings |
| router.json | `texts`; `tasks`: of each model the tasks it is asked with, null is none |
| router.safetensors | `<model>.<task>` [texts, {out}] of encode(texts, task=task) |
"""


def transformer(scratch, seed):
    """A tiny BERT; each call a new directory."""
    directory = pathlib.Path(tempfile.mkdtemp(dir=scratch))
    tokenizer = tiny_tokenizer(BERT_SPECIAL)
    tiny_bert(tokenizer, seed).save_pretrained(directory)
    tokenizer.save_pretrained(directory)
    return Transformer(str(directory))


def static(dimension):
    tokenizer = tiny_tokenizer(BERT_SPECIAL)._tokenizer
    return StaticEmbedding(tokenizer, embedding_weights=torch.randn(tokenizer.get_vocab_size(), dimension))


def models(scratch):
    torch.manual_seed(5)
    yield "two_encoders", [
        Router.for_query_document([static(OUT)], [transformer(scratch, 1), Pooling(HIDDEN), Dense(HIDDEN, OUT)]), Normalize()]
    words, pooling = transformer(scratch, 2), Pooling(HIDDEN)
    yield "shared", [Router.for_query_document([words, pooling, Dense(HIDDEN, OUT)], [words, pooling, Dense(HIDDEN, OUT)])]
    yield "asym", [transformer(scratch, 3), Pooling(HIDDEN),
                   Router({"query": [Dense(HIDDEN, OUT)], "doc": [Dense(HIDDEN, OUT)]}, allow_empty_key=False)]
    yield "mapped", [Router({"short": [static(OUT)], "document": [static(OUT)], "other": [static(OUT)]}, allow_empty_key=False,
                            route_mappings={("query", None): "short", (None, "text"): "other", ("document", "text"): "document"})]


def use_old_layout(directory):
    """Rewrites what 6.x saves of the Asym as the releases before 5 did."""
    listed = json.loads((directory / "modules.json").read_text())
    for entry in listed:
        entry["type"] = "sentence_transformers.models." + entry["type"].rsplit(".", 1)[1].replace("Router", "Asym")
    (directory / "2_Router").rename(directory / "2_Asym")
    listed[2]["path"] = "2_Asym"
    write_json(directory / "modules.json", listed)
    config = json.loads((directory / "2_Asym" / "router_config.json").read_text())
    (directory / "2_Asym" / "router_config.json").unlink()
    config["types"] = {name: "sentence_transformers.models.Dense.Dense" for name in config["types"]}
    config["parameters"] = {"allow_empty_key": False}
    write_json(directory / "2_Asym" / "config.json", config)


def main():
    import sentence_transformers

    folder = pathlib.Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tensors = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name, modules in models(scratch):
            SentenceTransformer(modules=modules, device="cpu").save_pretrained(str(folder / name), create_model_card=False)
            if name == "asym":
                use_old_layout(folder / name)
            loaded = SentenceTransformer(str(folder / name), device="cpu")
            for task in TASKS[name]:
                tensors[f"{name}.{task}"] = torch.tensor(loaded.encode(TEXTS, task=task))
    save_tensors(folder / "router.safetensors", tensors)
    write_json(folder / "router.json", {"texts": TEXTS, "tasks": TASKS})
    (folder / "README.md").write_text(README.format(version=sentence_transformers.__version__, out=OUT))


if __name__ == "__main__":
    main()
