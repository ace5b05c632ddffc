#!/usr/bin/env python3
"""Writes tests/goldens/architectures/: tiny random encoders of every architecture, and what transformers computes with them.

Run with a Python that has sentence-transformers 6.2.0:
    python tools/goldens/make_architecture_goldens.py tests/goldens/architectures
README.md there, which this script writes too, says what is in each file. Everything is computed in double, text by text, and
stored as float: a test measures its own error only.
"""
import json
import pathlib
import shutil
import sys

import torch
import transformers
from make_engine_goldens import BERT_SPECIAL, save_tensors, tiny_tokenizer, write_json
from sentence_transformers import SentenceTransformer
from transformers import AutoConfig, AutoModelForMaskedLM

HIDDEN, LAYERS, HEADS, INTERMEDIATE, POSITIONS = 16, 2, 2, 24, 142
BUCKET_DISTANCES = 600

README = """Made by tools/goldens/make_architecture_goldens.py with Python transformers {version}; do not edit.

For each architecture, by its model_type and what is said of it beyond that:

| file | what |
|---|---|
| <name>/ | a tiny random model with a language head, as transformers saves it: no modules.json, names behind "roberta." and the like |
| <name>.json | `texts`, the token `ids` of each; of mpnet also the `buckets` of all distances from -{far} to {far} |
| <name>.safetensors | `text<i>.layer<l>` [tokens, {hidden}]: what comes out of layer l; `text<i>.weights` [tokens, {hidden}]; `gradient.<name>`: of the sum over all texts of weights times last layer, by every parameter of the encoder; `embeddings`: what SentenceTransformer(<name>/).encode gives |

Two texts are special: one has a padding token in it, which BERT's heirs treat each in their own way, and one is longer than the
128 tokens at which MPNet stops to tell distances apart.
"""

ROBERTA_SPECIAL = {"cls_token": "<s>", "pad_token": "<pad>", "sep_token": "</s>", "unk_token": "<unk>", "mask_token": "<mask>"}

COMMON = {"hidden_size": HIDDEN, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "intermediate_size": INTERMEDIATE,
          "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
ROBERTA = (ROBERTA_SPECIAL, {**COMMON, "type_vocab_size": 1, "layer_norm_eps": 1e-5})
ARCHITECTURES = {
    "bert": (BERT_SPECIAL, COMMON),
    "roberta": ROBERTA,
    "xlm-roberta": ROBERTA,
    "camembert": ROBERTA,
    "distilbert": (BERT_SPECIAL, {"dim": HIDDEN, "n_layers": LAYERS, "n_heads": HEADS, "hidden_dim": INTERMEDIATE,
                                  "dropout": 0.0, "attention_dropout": 0.0}),
    "mpnet": (ROBERTA_SPECIAL, {**COMMON, "layer_norm_eps": 1e-5}),
    # Behind a dot: what the name says is in the sizes.
    "bert.decoder": (BERT_SPECIAL, {**COMMON, "is_decoder": True, "hidden_act": "gelu_new"}),
    "roberta.decoder": (ROBERTA_SPECIAL, {**ROBERTA[1], "is_decoder": True, "hidden_act": "swish"}),
    "distilbert.quick": (BERT_SPECIAL, {"dim": HIDDEN, "n_layers": LAYERS, "n_heads": HEADS, "hidden_dim": INTERMEDIATE,
                                       "dropout": 0.0, "attention_dropout": 0.0, "activation": "quick_gelu"}),
}


def texts_for(special):
    return ["A man is playing a guitar.", "", f"red {special['pad_token']} car {special['mask_token']} {special['pad_token']}",
            "the old house by the river " * 22 + "burns"]


def write_model(directory, name, special, sizes, seed):
    torch.manual_seed(seed)
    tokenizer = tiny_tokenizer(special, POSITIONS - 2)
    config = AutoConfig.for_model(name.split(".")[0], vocab_size=len(tokenizer), max_position_embeddings=POSITIONS, initializer_range=0.15,
                                  pad_token_id=tokenizer.pad_token_id, bos_token_id=tokenizer.cls_token_id,
                                  eos_token_id=tokenizer.sep_token_id, **sizes)
    model = AutoModelForMaskedLM.from_config(config)
    # Biases of 0, LayerNorm weights of 1 and empty rows of padding would hide that they are ignored or swapped.
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() == 1:
                parameter.add_(0.1 * torch.randn_like(parameter))
        for module in model.modules():
            if isinstance(module, torch.nn.Embedding) and module.padding_idx is not None:
                module.weight[module.padding_idx] = 0.15 * torch.randn(module.embedding_dim)
    shutil.rmtree(directory, ignore_errors=True)
    model.save_pretrained(directory)
    tokenizer.save_pretrained(directory)


def compute(directory, special):
    texts = texts_for(special)
    model = SentenceTransformer(str(directory), device="cpu").double().eval()
    encoder = model[0].auto_model
    ids = [model.preprocess([text])["input_ids"][0].tolist() for text in texts]
    tensors = {"embeddings": model.encode(texts, convert_to_tensor=True)}
    generator = torch.Generator().manual_seed(5)
    for i, row in enumerate(ids):
        layers = encoder(torch.tensor([row]), output_hidden_states=True).hidden_states
        weights = torch.randn(layers[-1][0].shape, generator=generator).double()
        (weights * layers[-1][0]).sum().backward()
        tensors.update({f"text{i}.layer{layer}": state[0] for layer, state in enumerate(layers)})
        tensors[f"text{i}.weights"] = weights
    tensors.update({f"gradient.{name}": p.grad for name, p in encoder.named_parameters() if p.grad is not None})
    description = {"texts": texts, "ids": ids}
    if isinstance(encoder, transformers.MPNetModel):
        distances = torch.arange(1 - BUCKET_DISTANCES, BUCKET_DISTANCES)
        description["buckets"] = encoder.encoder.relative_position_bucket(distances).tolist()
    return description, tensors


def main():
    output = pathlib.Path(sys.argv[1])
    output.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    for seed, (name, (special, sizes)) in enumerate(ARCHITECTURES.items(), 1):
        write_model(output / name, name, special, sizes, seed)
        description, tensors = compute(output / name, special)
        write_json(output / f"{name}.json", description)
        save_tensors(output / f"{name}.safetensors", tensors)
    (output / "README.md").write_text(README.format(version=transformers.__version__, hidden=HIDDEN,
                                                         far=BUCKET_DISTANCES - 1))


if __name__ == "__main__":
    main()
