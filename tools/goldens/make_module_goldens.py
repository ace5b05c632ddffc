#!/usr/bin/env python3
"""Writes tests/goldens/modules/: single modules with random weights, what goes through them, and their gradients.

Run with a Python that has sentence-transformers 6.2.0:
    python tools/goldens/make_module_goldens.py tests/goldens/modules

Everything is computed in double and stored as float, so that it is the true value and a test measures its own error only.
Modules see padded batches, whose padding is 0 as WordEmbeddings makes it; only what belongs to a token is stored, packed.
"""
import inspect
import pathlib
import shutil
import sys

import sentence_transformers
import torch
from make_engine_goldens import save_tensors, write_json
from sentence_transformers.base.modules import Dense, Normalize
from sentence_transformers.sentence_transformer.modules import (CNN, LSTM, Dropout, LayerNorm, Pooling,
                                                                WeightedLayerPooling, WordWeights)

DIMENSION, LAYERS, LENGTHS, VOCABULARY = 6, 4, [5, 1, 3, 7], 9
TOKENS, TEXTS = sum(LENGTHS), len(LENGTHS)

README = """Made by tools/goldens/make_module_goldens.py with Python sentence-transformers {version}; do not edit.

| file | what |
|---|---|
| <case>/ | a module as Python saves it |
| modules.json | `lengths` of the packed sequences and their token `ids`; of each case `type`, `inputs` and `outputs` by their names in Python, and `prompt_length`; the torch `activations` |
| modules.safetensors | `<case>.input.<name>`, `<case>.output.<name>`; `<case>.weights.<output>`, random; the gradients of the sum over all outputs of weights times output: `<case>.gradient.<input>`, and `<case>.gradient.<parameter>` by its name on disk. all_layer_embeddings are stacked. `activations`: numbers, and for each activation f what `<f>.values` and `<f>.slopes` are there |
"""


def token_mask():
    return torch.arange(max(LENGTHS)).unsqueeze(0) < torch.tensor(LENGTHS).unsqueeze(1)


def packed(padded):
    """[..., N, L, D] -> [..., T, D]; what has no token axis stays."""
    return padded if padded.ndim < 3 else padded[..., token_mask(), :]


def padded(tokens):
    """[..., T, D] -> [..., N, L, D], with zeros."""
    full = torch.zeros(*tokens.shape[:-2], TEXTS, max(LENGTHS), tokens.shape[-1], dtype=tokens.dtype)
    full[..., token_mask(), :] = tokens
    return full


def random_inputs(names):
    makers = {
        "token_embeddings": lambda: torch.randn(TOKENS, DIMENSION),
        "sentence_embedding": lambda: torch.randn(TEXTS, DIMENSION),
        "all_layer_embeddings": lambda: torch.randn(LAYERS + 1, TOKENS, DIMENSION),
        "token_weights_sum": lambda: 0.5 + 2 * torch.rand(TEXTS, 1),
    }
    return {name: makers[name]().double().requires_grad_() for name in names}


def features_of(inputs, ids, prompt_length):
    features = {"attention_mask": token_mask().long(), "input_ids": padded(ids.unsqueeze(-1)).squeeze(-1),
                "sentence_lengths": torch.tensor(LENGTHS), "prompt_length": prompt_length}
    for name, value in inputs.items():
        features[name] = value.squeeze(-1) if name == "token_weights_sum" else value
        if name in ("token_embeddings", "all_layer_embeddings"):
            features[name] = padded(value)
    if "all_layer_embeddings" in inputs:
        features["all_layer_embeddings"] = tuple(features["all_layer_embeddings"])
        features["token_embeddings"] = features["all_layer_embeddings"][-1]
    return features


def run(module, inputs, outputs, ids, prompt_length):
    """The tensors of a case, without its name."""
    out = module(features_of(inputs, ids, prompt_length))
    results = {name: packed(out[name]) for name in outputs}
    weights = {name: torch.randn(value.shape, dtype=torch.double) for name, value in results.items()}
    sum((results[name] * weights[name]).sum() for name in outputs).backward()
    tensors = {f"input.{name}": value for name, value in inputs.items()}
    tensors |= {f"output.{name}": value for name, value in results.items()}
    tensors |= {f"weights.{name}": value for name, value in weights.items()}
    tensors |= {f"gradient.{name}": value.grad for name, value in inputs.items() if value.grad is not None}
    return tensors | {f"gradient.{name}": value.grad for name, value in module.named_parameters()}


def randomized(module):
    """Ones and zeros would hide that a parameter is ignored."""
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(torch.randn(parameter.shape) * 0.5 + (1 if isinstance(module, (LayerNorm, WeightedLayerPooling)) else 0))
    return module


def cases():
    """name -> (module, inputs, outputs, prompt_length)"""
    tokens, sentence = ["token_embeddings"], ["sentence_embedding"]
    all_modes = ["lasttoken", "weightedmean", "mean", "cls", "max", "mean_sqrt_len_tokens"]
    for mode in all_modes:
        yield f"pooling_{mode}", Pooling(DIMENSION, mode), tokens, sentence, 0
    yield "pooling_all", Pooling(DIMENSION, all_modes), tokens, sentence, 0
    # The second text is shorter than the prompt: what max makes of it is -infinity in Python and 0 here.
    modes = [mode for mode in all_modes if mode != "max"]
    yield "pooling_without_prompt", Pooling(DIMENSION, modes, include_prompt=False), tokens, sentence, 2
    yield "pooling_without_short_prompt", Pooling(DIMENSION, ["max", "mean"], include_prompt=False), tokens, sentence, 0
    yield "pooling_word_weights", Pooling(DIMENSION, modes), tokens + ["token_weights_sum"], sentence, 0
    yield "dense", Dense(DIMENSION, 4), sentence, sentence, 0
    yield "dense_without_bias", Dense(DIMENSION, 4, bias=False, activation_function=torch.nn.GELU()), sentence, sentence, 0
    yield "dense_residual", Dense(DIMENSION, DIMENSION, use_residual=True), sentence, sentence, 0
    yield "dense_projected_residual", Dense(DIMENSION, 4, activation_function=torch.nn.Identity(), use_residual=True), sentence, sentence, 0
    yield "dense_tokens", Dense(DIMENSION, 4, module_input_name="token_embeddings"), tokens, tokens, 0
    yield "normalize", Normalize(), sentence, sentence, 0
    yield "normalize_tokens", Normalize(module_input_name="token_embeddings"), tokens, tokens, 0
    yield "layer_norm", LayerNorm(DIMENSION), sentence, sentence, 0
    yield "dropout", Dropout(0.3), sentence, sentence, 0
    yield "weighted_layers", WeightedLayerPooling(DIMENSION, num_hidden_layers=LAYERS, layer_start=2), ["all_layer_embeddings"], tokens, 0
    words = [f"Word{i}" for i in range(VOCABULARY)]
    weights = {"Word1": 0.3, "word2": 1.5, "word1": 7.0, "elsewhere": 3.0, "Word4": 2.5}
    yield "word_weights", WordWeights(words, weights, unknown_word_weight=0.75), tokens, tokens + ["token_weights_sum"], 0
    yield "cnn", CNN(DIMENSION, out_channels=4, kernel_sizes=[1, 3, 5]), tokens, tokens, 0
    yield "lstm", LSTM(DIMENSION, 5), tokens, tokens, 0
    yield "lstm_one_way", LSTM(DIMENSION, 5, bidirectional=False), tokens, tokens, 0
    yield "lstm_three_layers", LSTM(DIMENSION, 3, num_layers=3), tokens, tokens, 0


NOT_ELEMENT_BY_ELEMENT = {"GLU", "Softmin", "Softmax", "Softmax2d", "LogSoftmax", "MultiheadAttention"}
NOT_BY_DEFAULT = {"Threshold", "MultiheadAttention"}  # they want arguments, which a config cannot give
LEARNED_OR_RANDOM = {"PReLU", "RReLU"}


def activations():
    """Those of torch.nn that a Dense can have."""
    for name, kind in vars(torch.nn.modules.activation).items():
        if inspect.isclass(kind) and issubclass(kind, torch.nn.Module) and kind.__module__ == torch.nn.modules.activation.__name__:
            if name not in NOT_ELEMENT_BY_ELEMENT | NOT_BY_DEFAULT | LEARNED_OR_RANDOM:
                yield name, kind()
    yield "Identity", torch.nn.Identity()


def main():
    folder = pathlib.Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    torch.manual_seed(1)
    ids = torch.randint(0, VOCABULARY, (TOKENS,))
    tensors, described = {}, {}
    for name, module, inputs, outputs, prompt_length in cases():
        if not isinstance(module, WordWeights):
            randomized(module)
        (folder / name).mkdir()
        module.save(str(folder / name))
        result = run(module.double().eval(), random_inputs(inputs), outputs, ids, prompt_length)
        tensors |= {f"{name}.{key}": value.detach() for key, value in result.items()}
        described[name] = {"type": type(module).__name__, "inputs": inputs, "outputs": outputs, "prompt_length": prompt_length}
    numbers = torch.cat([torch.linspace(-30, 30, 41), torch.linspace(-4, 4, 41)]).double() + 0.01
    tensors["activations"] = numbers
    names = []
    for name, function in activations():
        x = numbers.clone().requires_grad_()
        values = function(x)
        values.sum().backward()
        tensors |= {f"{name}.values": values.detach(), f"{name}.slopes": x.grad}
        names.append(name)
    save_tensors(folder / "modules.safetensors", tensors)
    write_json(folder / "modules.json", {"lengths": LENGTHS, "ids": ids.tolist(), "cases": described, "activations": names})
    (folder / "README.md").write_text(README.format(version=sentence_transformers.__version__))


if __name__ == "__main__":
    main()
