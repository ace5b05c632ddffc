#!/usr/bin/env python3
"""Writes tests/goldens/activations/: what transformers' activations make of numbers, and their derivatives.

Run with a Python that has transformers 5.23.0:
    python tools/goldens/make_activation_goldens.py tests/goldens/activations
README.md there, which this script writes too, says what is in each file. Everything is computed in double.
"""
import pathlib
import sys

import torch
import transformers
from make_engine_goldens import save_tensors, write_json
from transformers.activations import ACT2FN

README = """Made by tools/goldens/make_activation_goldens.py with Python transformers {version}; do not edit.

| file | what |
|---|---|
| activations.json | `elementwise`: the names in ACT2FN of functions without parameters; `learned`: of those that have some |
| activations.safetensors | `x`: numbers from -20 to 20, corners of functions and large ones among them; `<name>.value` and `<name>.slope`: what a function of `elementwise` makes of them, and its derivative |
"""


def main():
    output = pathlib.Path(sys.argv[1])
    output.mkdir(parents=True, exist_ok=True)
    corners = torch.tensor([0, 3, 6, 10, 100]).double()
    between = (torch.linspace(-20, 20, 401) + 1e-3).double()  # numbers that a float holds
    x = torch.cat([between, corners, -corners[1:]]).requires_grad_()
    tensors, elementwise, learned = {"x": x.detach()}, [], []
    for name in ACT2FN:
        try:
            function = ACT2FN[name]
        except Exception:  # one needs a GPU's library to be made at all
            learned.append(name)
            continue
        if list(function.parameters()) or list(function.buffers()):
            learned.append(name)
            continue
        elementwise.append(name)
        value = function(x)
        slope, = torch.autograd.grad(value.sum(), x)
        tensors |= {f"{name}.value": value.detach(), f"{name}.slope": slope}
    write_json(output / "activations.json", {"elementwise": elementwise, "learned": learned})
    save_tensors(output / "activations.safetensors", tensors)
    (output / "README.md").write_text(README.format(version=transformers.__version__))


if __name__ == "__main__":
    main()
