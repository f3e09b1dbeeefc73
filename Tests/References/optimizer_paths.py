"""Writes optimizer_paths.json: where PyTorch's optimizers go on the surfaces of `plot path`, in double precision.

    references/bin/python Tests/References/optimizer_paths.py
"""

import json
import os

import lion_pytorch
import schedulefree
import torch

SURFACES = {
    "parabola": ((-1.8, 1.6), lambda x, y: (x * x + 10 * y * y) / 2),
    "saddle": ((-1.8, 0.02), lambda x, y: x * x - y * y),
    "rosenbrock": ((-1.5, 2.0), lambda x, y: (1 - x) ** 2 + 10 * (y - x * x) ** 2),
}
OPTIMIZERS = {
    "sgd": (torch.optim.SGD, {}), "sgd momentum": (torch.optim.SGD, {"momentum": 0.9}),
    "sgd nesterov": (torch.optim.SGD, {"momentum": 0.9, "nesterov": True}), "adagrad": (torch.optim.Adagrad, {}),
    "rmsprop": (torch.optim.RMSprop, {}), "adam": (torch.optim.Adam, {}), "adamw": (torch.optim.AdamW, {}),
    "lion": (lion_pytorch.Lion, {}), "schedule_free": (schedulefree.AdamWScheduleFree, {"warmup_steps": 2}),
    # Of two numbers without a matrix: Muon's other half.
    "muon": (torch.optim.AdamW, {"weight_decay": 0.1}),
    "nadam": (torch.optim.NAdam, {}), "adadelta": (torch.optim.Adadelta, {}),
}
RATE, STEPS = 0.01, 40


def path(surface, optimizer):
    start, height = SURFACES[surface]
    kind, options = OPTIMIZERS[optimizer]
    place = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    rule = kind([place], lr=RATE, **options)
    places = [list(start)]
    if hasattr(rule, "train"):
        rule.train()
    for _ in range(STEPS):
        rule.zero_grad()
        height(place[0], place[1]).backward()
        rule.step()
        places.append([float(v) for v in place.detach()])
    return {"surface": surface, "optimizer": optimizer, "x": [round(p[0], 9) for p in places],
            "y": [round(p[1], 9) for p in places]}


paths = [path(s, o) for s in SURFACES for o in OPTIMIZERS]
target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "optimizer_paths.json")
with open(target, "w") as file:
    json.dump({"torch": torch.__version__, "rate": RATE, "paths": paths}, file, separators=(",", ":"))
    file.write("\n")
