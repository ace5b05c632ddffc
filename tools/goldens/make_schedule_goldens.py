#!/usr/bin/env python3
"""Learning rate factors of Hugging Face transformers' schedules: tests/goldens/train/schedules.json.

    python tools/goldens/make_schedule_goldens.py          with transformers and torch
"""
import json
import pathlib

import torch
from transformers import optimization

TARGET = pathlib.Path(__file__).resolve().parent.parent.parent / "tests" / "goldens" / "train" / "schedules.json"
STEPS = 20
WARMUP = 4
LEARNING_RATE = 1e-3


def factors(make):
    optimizer = torch.optim.AdamW([torch.nn.Parameter(torch.zeros(1))], lr=LEARNING_RATE)
    schedule = make(optimizer)
    result = []
    for _ in range(STEPS + 1):
        result.append(optimizer.param_groups[0]["lr"] / LEARNING_RATE)
        optimizer.step()
        schedule.step()
    return result


def main():
    cases = [
        ("constant", {}, optimization.get_constant_schedule_with_warmup),
        ("linear", {}, optimization.get_linear_schedule_with_warmup),
        ("cosine", {}, optimization.get_cosine_schedule_with_warmup),
        ("cosine_with_restarts", {"cycles": 1}, optimization.get_cosine_with_hard_restarts_schedule_with_warmup),
        ("cosine_with_restarts", {"cycles": 3}, optimization.get_cosine_with_hard_restarts_schedule_with_warmup),
        ("polynomial", {"power": 1.0}, optimization.get_polynomial_decay_schedule_with_warmup),
        ("polynomial", {"power": 2.0}, optimization.get_polynomial_decay_schedule_with_warmup),
    ]
    goldens = []
    for name, options, make in cases:
        more = {"num_cycles": options["cycles"]} if "cycles" in options else options
        if name != "constant":
            more = dict(more, num_training_steps=STEPS)
        goldens.append({"schedule": name, **options,
                        "factors": factors(lambda o, m=more, f=make: f(o, num_warmup_steps=WARMUP, **m))})
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps({"steps": STEPS, "warmup": WARMUP, "learning_rate": LEARNING_RATE, "cases": goldens},
                                 indent=1) + "\n")


if __name__ == "__main__":
    main()
