#!/usr/bin/env python3
"""Writes tests/goldens/checkpoints/: tiny models in the layouts and file formats of all releases, and files of torch.save.

Run with a Python that has sentence-transformers 6.2.0:
    python tools/goldens/make_checkpoint_goldens.py tests/goldens/checkpoints
README.md there, which this script writes too, says what is in each file.
"""
import collections
import json
import os
import pathlib
import shutil
import sys
import tempfile

import sentence_transformers
import torch
from make_engine_goldens import BERT_SPECIAL, save_tensors, tiny_tokenizer, write_json
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Dense, Normalize, Pooling, Transformer
from transformers import AutoConfig, AutoModel, AutoModelForMaskedLM

HIDDEN, POSITIONS, OUTPUT = 8, 24, 6
SIZES = {"hidden_size": HIDDEN, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 12}
TEXTS = ["A man is playing a guitar.", "", "Red CAR", "the old house by the river " * 8]
OLD_POOLING = {"word_embedding_dimension": HIDDEN, "pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True,
               "pooling_mode_max_tokens": True, "pooling_mode_mean_sqrt_len_tokens": False}

README = """Made by tools/goldens/make_checkpoint_goldens.py with Python sentence-transformers {version} and torch {torch}; do not edit.

| file | what |
|---|---|
| checkpoints.json | `texts`; of each model its `max_seq_length` |
| checkpoints.safetensors | `<model>`: the embeddings of the texts that Python computes in double |
| plain_zip/ | a checkpoint of `BertForMaskedLM` from before safetensors: pytorch_model.bin of today's torch, in half precision, names behind "bert.", LayerNorm's called gamma and beta, a pooler, a head, position_ids |
| plain_legacy/ | the same tensors in the format before torch 1.6, in single precision, names behind "model.bert." as a program that wraps the model saves them |
| shards/, shards_bin/ | the encoder in several files with an index |
| bfloat16/, float64/ | the encoder in other precisions |
| old_transformer/ | the layout of releases 0.3 to 1.x: 0_Transformer, Pooling with four switches, Dense in pytorch_model.bin |
| old_bert/ | that of releases before: the class BERT, a config.json without model_type; Python no longer has the class, so the embeddings are those of a copy that calls it Transformer |
| old_roberta/ | the same of RoBERTa, whose file is sentence_roberta_config.json; lower-casing |
| new/ | as Python 6.x saves it, with processing_kwargs |
| tensors_zip.bin, tensors_protocol4.bin, tensors_legacy.bin | a dictionary with tensors of all types, transposed, sliced, shared, expanded, empty, and things that are no tensors |
| tensors.safetensors | the same tensors, row-major |
| runs_code_zip.bin, runs_code_legacy.bin | would call os.system, if they were unpickled |
"""


def tiny_encoder(name, tokenizer, seed, make=AutoModel, **more):
    torch.manual_seed(seed)
    model = make.from_config(AutoConfig.for_model(
        name, vocab_size=len(tokenizer), max_position_embeddings=POSITIONS, initializer_range=0.15, **SIZES, **more))
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() == 1:
                parameter.add_(0.1 * torch.randn_like(parameter))
    return model


def save_config(model, directory, drop=()):
    model.config.save_pretrained(directory)
    config = json.loads((directory / "config.json").read_text())
    write_json(directory / "config.json", {key: value for key, value in config.items() if key not in drop})


def save_bin(tensors, path, legacy=False):
    torch.save(collections.OrderedDict(tensors), path, _use_new_zipfile_serialization=not legacy)


def plain(folder, tokenizer, seed):
    directory = folder / "plain_zip"
    model = tiny_encoder("bert", tokenizer, seed, AutoModelForMaskedLM)
    pooler = tiny_encoder("bert", tokenizer, seed).pooler
    save_config(model, directory)
    tokenizer.save_pretrained(directory)
    tensors = {name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): tensor.half()
               for name, tensor in model.state_dict().items()}
    tensors |= {f"bert.pooler.{name}": tensor.half() for name, tensor in pooler.state_dict().items()}
    tensors["bert.embeddings.position_ids"] = torch.arange(POSITIONS).expand((1, -1))
    save_bin(tensors, directory / "pytorch_model.bin")

    wrapped = folder / "plain_legacy"
    shutil.copytree(directory, wrapped)
    save_bin({f"model.{name}": tensor if tensor.dtype == torch.int64 else tensor.float() for name, tensor in tensors.items()},
             wrapped / "pytorch_model.bin", legacy=True)
    return {"plain_zip": directory, "plain_legacy": directory}


def sharded(folder, tokenizer, seed):
    directory = folder / "shards"
    tiny_encoder("bert", tokenizer, seed).save_pretrained(directory, max_shard_size="6KB")
    tokenizer.save_pretrained(directory)
    other = folder / "shards_bin"
    shutil.copytree(directory, other)
    index = json.loads((other / "model.safetensors.index.json").read_text())
    (other / "model.safetensors.index.json").unlink()
    for shard in sorted(other.glob("*.safetensors")):
        save_bin(load_file(shard), other / shard.name.replace("model", "pytorch_model").replace(".safetensors", ".bin"))
        shard.unlink()
    index["weight_map"] = {name: shard.replace("model", "pytorch_model").replace(".safetensors", ".bin")
                           for name, shard in index["weight_map"].items()}
    write_json(other / "pytorch_model.bin.index.json", index)
    return {"shards": directory, "shards_bin": other}


def precisions(folder, tokenizer, seed):
    made = {}
    for dtype in (torch.bfloat16, torch.float64):
        directory = folder / str(dtype).removeprefix("torch.")
        tiny_encoder("bert", tokenizer, seed).to(dtype).save_pretrained(directory)
        tokenizer.save_pretrained(directory)
        made[directory.name] = directory
    return made


def old_layout(folder, name, encoder, tokenizer, class_name, config_file, config, drop=(), dense=False):
    """What the releases of 2019 to 2021 wrote."""
    directory = folder / name
    first = directory / f"0_{class_name}"
    save_config(encoder, first, drop)
    tokenizer.save_pretrained(first)
    save_bin(encoder.state_dict(), first / "pytorch_model.bin", legacy=True)
    write_json(first / config_file, config)
    types = [class_name, "Pooling"] + (["Dense"] if dense else [])
    paths = [f"{i}_{kind}" for i, kind in enumerate(types)]
    write_json(directory / "modules.json", [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for i, (kind, path) in enumerate(zip(types, paths))])
    write_json(directory / "config.json", {"__version__": "0.4.1"})
    (directory / "1_Pooling").mkdir()
    write_json(directory / "1_Pooling" / "config.json", OLD_POOLING)
    if dense:
        layer = torch.nn.Linear(2 * HIDDEN, OUTPUT)
        (directory / "2_Dense").mkdir()
        write_json(directory / "2_Dense" / "config.json", {
            "in_features": 2 * HIDDEN, "out_features": OUTPUT, "bias": True,
            "activation_function": "torch.nn.modules.activation.Tanh"})
        save_bin({f"linear.{key}": value for key, value in layer.state_dict().items()},
                 directory / "2_Dense" / "pytorch_model.bin", legacy=True)
    return directory


def as_transformer(directory, scratch):
    """A copy for today's Python, which has no classes BERT and RoBERTa and wants to know the model_type."""
    copy = scratch / directory.name
    shutil.copytree(directory, copy)
    listed = json.loads((copy / "modules.json").read_text())
    kind = listed[0]["type"].rsplit(".", 1)[1]
    listed[0]["type"] = "sentence_transformers.models.Transformer"
    write_json(copy / "modules.json", listed)
    config = json.loads((copy / listed[0]["path"] / "config.json").read_text())
    write_json(copy / listed[0]["path"] / "config.json", {**config, "model_type": kind.lower()})
    return copy


def old(folder, scratch, tokenizer, seed):
    roberta = tiny_encoder("roberta", tokenizer, seed + 1, type_vocab_size=1, pad_token_id=tokenizer.pad_token_id)
    transformer = old_layout(folder, "old_transformer", tiny_encoder("bert", tokenizer, seed), tokenizer, "Transformer",
                             "sentence_bert_config.json", {"max_seq_length": 16}, dense=True)
    bert = old_layout(folder, "old_bert", tiny_encoder("bert", tokenizer, seed), tokenizer, "BERT",
                      "sentence_bert_config.json", {"max_seq_length": 12, "do_lower_case": False},
                      drop=("model_type", "architectures", "transformers_version", "dtype"))
    old_roberta = old_layout(folder, "old_roberta", roberta, tokenizer, "RoBERTa", "sentence_roberta_config.json",
                             {"max_seq_length": 10, "do_lower_case": True}, drop=("model_type", "architectures"))
    return {"old_transformer": transformer, "old_bert": as_transformer(bert, scratch),
            "old_roberta": as_transformer(old_roberta, scratch)}


def new(folder, scratch, tokenizer, seed):
    source = scratch / "encoder"
    tiny_encoder("bert", tokenizer, seed).save_pretrained(source)
    tokenizer.save_pretrained(source)
    torch.manual_seed(seed)
    model = SentenceTransformer(modules=[
        Transformer(str(source), processing_kwargs={"text": {"max_length": 14}}), Pooling(HIDDEN, ["max", "cls"]),
        Dense(2 * HIDDEN, OUTPUT, activation_function=torch.nn.Identity()), Normalize()], device="cpu",
        prompts={"query": "read: ", "document": ""}, similarity_fn_name="dot")
    model.save_pretrained(str(folder / "new"), create_model_card=False)
    return {"new": folder / "new"}


def embed(directory):
    # Whatever the precision on disk, computed in double.
    model = SentenceTransformer(str(directory), device="cpu", model_kwargs={"torch_dtype": torch.float64}).double()
    kwargs = model[0].processing_kwargs.get("text", {})
    return model.encode(TEXTS, convert_to_tensor=True), kwargs.get("max_length", model.max_seq_length)


def save_bins(folder):
    torch.manual_seed(1)
    matrix = torch.randn(3, 4)
    block = torch.randn(4, 3, 2)
    tensors = {
        "matrix": matrix, "transposed": matrix.t(), "columns": matrix[:, 1:3], "row": matrix[1], "every_second": matrix[0, ::2],
        "permuted": block.permute(2, 0, 1), "expanded": torch.randn(5).expand((1, -1)), "scalar": torch.tensor(1.5),
        "empty": torch.empty(0, 3), "parameter": torch.nn.Parameter(torch.randn(2)), "half": torch.randn(3).half(),
        "bfloat16": torch.randn(2, 3).bfloat16().t(), "double": torch.randn(2).double(), "int64": torch.arange(6).reshape(2, 3).t(),
        "int32": torch.arange(3).int(), "int16": torch.arange(3).short(), "int8": torch.arange(3).to(torch.int8),
        "uint8": torch.arange(3).to(torch.uint8), "bool": torch.tensor([True, False]), "uint16": torch.arange(3).to(torch.uint16),
        "broadcast": torch.randn(4).expand(3, 4), "stretched": torch.randn(3, 1).expand(3, 5),
    }
    dictionary = collections.OrderedDict(tensors)
    dictionary._metadata = {"": {"version": 1}}
    dictionary["nothing"], dictionary["epoch"], dictionary["loss"] = None, 2**70, 0.5
    dictionary["more"] = {"list": [1, (2, -3), "text"]}
    torch.save(dictionary, folder / "tensors_zip.bin")
    torch.save(dictionary, folder / "tensors_protocol4.bin", pickle_protocol=4)
    torch.save(dictionary, folder / "tensors_legacy.bin", _use_new_zipfile_serialization=False)
    save_file({name: tensor.detach().clone(memory_format=torch.contiguous_format) for name, tensor in tensors.items()},
              folder / "tensors.safetensors")


class Hostile:
    def __reduce__(self):
        return os.system, ("touch code-was-run",)


def main():
    folder = pathlib.Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    torch.set_num_threads(1)
    tokenizer = tiny_tokenizer(BERT_SPECIAL, POSITIONS)
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        sources = {**plain(folder, tokenizer, 1), **sharded(folder, tokenizer, 2), **precisions(folder, tokenizer, 3),
                   **old(folder, scratch, tokenizer, 4), **new(folder, scratch, tokenizer, 6)}
        results = {name: embed(directory) for name, directory in sources.items()}
    write_json(folder / "checkpoints.json", {"texts": TEXTS, "max_seq_length": {name: length for name, (_, length) in results.items()}})
    save_tensors(folder / "checkpoints.safetensors", {name: embeddings for name, (embeddings, _) in results.items()})
    save_bins(folder)
    torch.save({"weight": torch.ones(2), "x": Hostile()}, folder / "runs_code_zip.bin")
    torch.save({"weight": torch.ones(2), "x": Hostile()}, folder / "runs_code_legacy.bin", _use_new_zipfile_serialization=False)
    (folder / "README.md").write_text(README.format(version=sentence_transformers.__version__, torch=torch.__version__))


if __name__ == "__main__":
    main()
