"""Writes torch_oracles.json: what PyTorch computes from given weights and rows, for the tests to compare with.

    python -m venv venv && venv/bin/pip install torch==2.15 numpy schedulefree==1.4.1 lion-pytorch==0.2.5 && venv/bin/python Tests/References/torch_oracles.py

Everything runs in double precision, so that differences are ours. Each case names a network and a plan as Attune says
them, and holds the loss of every epoch (the mean over its batches by rows), the weights after the first update and
after the last, the learning rate of every epoch, and where asked the evaluated outputs.
"""

import json
import math
import os

import lion_pytorch
import numpy as np
import schedulefree
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
random = np.random.default_rng(7)


def rounded(values):
    """Float32 values, so that both sides start from the same numbers."""
    return np.asarray(values, dtype=np.float32).astype(np.float64)


ROWS, FEATURES, CLASSES = 27, 5, 3
x = rounded(random.normal(size=(ROWS, FEATURES)))
classes = random.integers(0, CLASSES, ROWS)
classes[:CLASSES] = range(CLASSES)
binary = (x[:, 0] + 0.5 * random.normal(size=ROWS) > 0).astype(int)
numbers = rounded(x @ random.normal(size=FEATURES) + 0.3 * random.normal(size=ROWS))

ACTIVATIONS = {
    "relu": nn.ReLU(), "leaky_relu": nn.LeakyReLU(0.01), "elu": nn.ELU(), "selu": nn.SELU(), "gelu": nn.GELU(),
    "silu": nn.SiLU(), "mish": nn.Mish(), "tanh": nn.Tanh(), "sigmoid": nn.Sigmoid(), "softplus": nn.Softplus(), "identity": nn.Identity(),
}


def network(hidden, activation, outputs, norm):
    sizes = [FEATURES, *hidden, outputs]
    parts = []
    for k in range(1, len(sizes)):
        parts.append(nn.Linear(sizes[k - 1], sizes[k]))
        if k < len(sizes) - 1:
            if norm:
                parts.append(nn.LayerNorm(sizes[k]) if norm == "layer" else nn.BatchNorm1d(sizes[k]))
            parts.append(ACTIVATIONS[activation])
    model = nn.Sequential(*parts)
    draw = np.random.default_rng(11)
    for p in model.parameters():
        scale = 0.6 if p.dim() == 2 else 0.2
        base = 1.0 if norm and p.dim() == 1 and torch.all(p == 1) else 0.0
        p.data = torch.tensor(rounded(base + scale * draw.normal(size=tuple(p.shape))))
    return model


def flat(model):
    return [float(v) for p in model.parameters() for v in p.detach().reshape(-1)]


def loss_function(call, weights):
    name, options = call
    if name == "cross_entropy":
        return nn.CrossEntropyLoss(weight=weights)
    if name == "label_smoothing":
        return nn.CrossEntropyLoss(label_smoothing=options["smoothing"])
    if name == "binary_cross_entropy":
        f = nn.BCEWithLogitsLoss()
        return lambda o, y: f(o[:, 0], y.double())
    if name == "hinge":
        return nn.MultiMarginLoss()
    f = {"mse": nn.MSELoss(), "mae": nn.L1Loss(), "huber": nn.HuberLoss(delta=options.get("delta", 1.0))}[name]
    return lambda o, y: f(o[:, 0], y)


def orthogonal(u):
    """Five Newton-Schulz iterations as in K. Jordan's Muon, which PyTorch makes in bfloat16."""
    x = u / max(u.norm(), 1e-7)
    if x.shape[0] > x.shape[1]:
        return orthogonal_rows(x.T).T
    return orthogonal_rows(x)


def orthogonal_rows(x):
    for _ in range(5):
        a = x @ x.T
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return x


class Muon(torch.optim.Optimizer):
    """The hidden layers' weights by Muon with the scale match_rms_adamw, the rest by AdamW, all in double precision."""

    def __init__(self, parameters, lr, momentum=0.95, nesterov=True, betas=(0.9, 0.999), weight_decay=0.1):
        parameters = list(parameters)
        matrices = [p for p in parameters if p.dim() == 2][:-1]
        rest = [p for p in parameters if all(p is not m for m in matrices)]
        super().__init__(matrices, dict(lr=lr))
        self.rest = torch.optim.AdamW(rest, lr=lr, betas=betas, weight_decay=weight_decay)
        self.momentum, self.nesterov, self.decay = momentum, nesterov, weight_decay

    def zero_grad(self):
        super().zero_grad()
        self.rest.zero_grad()

    @torch.no_grad()
    def step(self):
        rate = self.param_groups[0]["lr"]
        self.rest.param_groups[0]["lr"] = rate
        self.rest.step()
        for p in self.param_groups[0]["params"]:
            m = self.state[p].setdefault("m", torch.zeros_like(p))
            m.lerp_(p.grad, 1 - self.momentum)
            u = torch.lerp(p.grad, m, self.momentum) if self.nesterov else m
            p.mul_(1 - rate * self.decay)
            p.sub_(rate * 0.2 * max(p.shape) ** 0.5 * orthogonal(u))


OPTIMIZERS = {
    "sgd": torch.optim.SGD, "adagrad": torch.optim.Adagrad, "rmsprop": torch.optim.RMSprop, "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW, "nadam": torch.optim.NAdam, "adadelta": torch.optim.Adadelta,
    "lion": lion_pytorch.Lion, "muon": Muon, "schedule_free": schedulefree.AdamWScheduleFree,
}
OPTION_NAMES = {"initial_accumulator": "initial_accumulator_value"}


def make_optimizer(model, call, rate, decay, updates):
    name, options = call
    options = {OPTION_NAMES.get(k, k): v for k, v in options.items()}
    if "beta1" in options or "beta2" in options:
        options["betas"] = (options.pop("beta1", 0.9), options.pop("beta2", 0.999))
    if name == "schedule_free":
        options["warmup_steps"] = round(options.pop("warmup", 0.05) * updates)
    if decay is not None:
        options["weight_decay"] = decay
    return OPTIMIZERS[name](model.parameters(), lr=rate, **options)


def scheduler(make):
    return lambda opt, epochs, steps: make(torch.optim.lr_scheduler, opt, epochs, steps)


def flat_cosine(t):
    return 1.0 if t < 0.5 else (1 + math.cos(math.pi * (2 * t - 1))) / 2


def coslog4(t):
    return (1 - math.cos(2 * math.pi * math.log2(1 + 15 * t))) / 2


PER_UPDATE = {"flat_cosine": flat_cosine, "coslog4": coslog4}


def remeasure(model, inputs, batch):
    """Running statistics as the mean over batches, as torch.optim.swa_utils.update_bn."""
    torch.optim.swa_utils.update_bn(inputs.split(batch), model)


def run(name, *, hidden=(7,), activation="tanh", task="classes", norm=False, loss=("cross_entropy", {}), optimizer=("sgd", {}),
        rate=0.1, decay=None, epochs=67, batch=9, clip=None, accumulate=1, l1=0.0, schedule=None, torch_schedule=None,
        per_update=False, class_weights=None, outputs_after=False, averaging=None, decay_schedule=None):
    target = {"classes": classes, "binary": binary, "numbers": numbers}[task]
    outputs = CLASSES if task == "classes" else 1
    model = network(hidden, activation, outputs, norm)
    initial = flat(model)
    weights = torch.tensor(class_weights) if class_weights else None
    criterion = loss_function(loss, weights)
    steps = math.ceil(math.ceil(ROWS / batch) / accumulate)
    opt = make_optimizer(model, optimizer, rate, decay, epochs * steps)
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(averaging), use_buffers=True) if averaging else None
    updates = 0
    sched = torch_schedule(opt, epochs, steps) if torch_schedule else None
    inputs, targets = torch.tensor(x), torch.tensor(target)
    losses, rates, first = [], [], None
    for epoch in range(epochs):
        total, waiting = 0.0, []
        if schedule and schedule[0] in PER_UPDATE:
            opt.param_groups[0]["lr"] = rate * PER_UPDATE[schedule[0]](updates / (epochs * steps))
        rates.append(opt.param_groups[0]["lr"])
        if hasattr(opt, "train"):
            opt.train()
        starts = list(range(0, ROWS, batch))
        for k, start in enumerate(starts):
            value = criterion(model(inputs[start:start + batch]), targets[start:start + batch])
            total += value.item() * len(inputs[start:start + batch])
            waiting.append(value)
            if len(waiting) < accumulate and k < len(starts) - 1:
                continue
            opt.zero_grad()
            (sum(waiting) / len(waiting)).backward()
            waiting = []
            if l1:
                for p in model.parameters():
                    if p.dim() == 2:
                        p.grad += l1 * torch.sign(p.data)
            if clip:
                nn.utils.clip_grad_norm_(model.parameters(), clip)
            if decay_schedule:
                opt.param_groups[0]["weight_decay"] = decay * flat_cosine(updates / (epochs * steps))
            opt.step()
            updates += 1
            if average:
                average.update_parameters(model)
            if first is None:
                first = flat(model)
            if sched and per_update:
                sched.step()
            elif schedule and schedule[0] in PER_UPDATE:
                opt.param_groups[0]["lr"] = rate * PER_UPDATE[schedule[0]](updates / (epochs * steps))
        losses.append(total / ROWS)
        if sched and not per_update:
            sched.step(total / ROWS) if isinstance(sched, torch.optim.lr_scheduler.ReduceLROnPlateau) else sched.step()
    if hasattr(opt, "eval"):
        opt.eval()
    if average:
        model = average.module
    case = dict(name=name, hidden=list(hidden), activation=activation, task=task, norm=norm, loss=list(loss),
                optimizer=list(optimizer), rate=rate, decay=decay, epochs=epochs, batch=batch, clip=clip, accumulate=accumulate,
                l1=l1, schedule=schedule, class_weights=class_weights, initial=initial, first=first, last=flat(model),
                losses=losses, rates=rates, averaging=averaging, decay_schedule=decay_schedule)
    if outputs_after:
        model.eval()
        with torch.no_grad():
            if norm and optimizer[0] == "schedule_free":
                remeasure(model, inputs, batch)
            case["outputs"] = torch.softmax(model(inputs), 1).reshape(-1).tolist()
    return case


cases = []
# Every optimizer, at its defaults and with its options; 67 epochs of 3 batches are 201 updates.
for name, rate in [("sgd", 0.1), ("adagrad", 0.05), ("rmsprop", 0.005), ("adam", 0.01), ("adamw", 0.01), ("nadam", 0.01), ("adadelta", 1.0)]:
    cases.append(run(f"optimizer {name}", optimizer=(name, {}), rate=rate))
    cases.append(run(f"optimizer {name} with decay", optimizer=(name, {}), rate=rate, decay=0.05))
for name, options, rate in [
    ("sgd", {"momentum": 0.9}, 0.02), ("sgd", {"momentum": 0.9, "nesterov": True}, 0.02),
    ("sgd", {"momentum": 0.8, "dampening": 0.3}, 0.05), ("adagrad", {"lr_decay": 0.01, "initial_accumulator": 0.1}, 0.1),
    ("rmsprop", {"alpha": 0.9, "momentum": 0.5}, 0.002), ("rmsprop", {"centered": True}, 0.005),
    ("rmsprop", {"centered": True, "momentum": 0.5}, 0.002), ("adam", {"beta1": 0.8, "beta2": 0.99, "eps": 1e-6}, 0.01),
    ("nadam", {"momentum_decay": 0.01}, 0.01), ("adadelta", {"rho": 0.95, "eps": 1e-5}, 0.5),
]:
    cases.append(run(f"optimizer {name} {options}", optimizer=(name, options), rate=rate))
# Others' optimizers, means of the weights, and what follows a schedule at every update.
for name, rate in [("lion", 0.003), ("muon", 0.01), ("schedule_free", 0.02)]:
    cases.append(run(f"optimizer {name}", optimizer=(name, {}), rate=rate, outputs_after=True))
    cases.append(run(f"optimizer {name} with decay", optimizer=(name, {}), rate=rate, decay=0.05, hidden=(6, 9)))
for name, options, rate in [
    ("lion", {"beta1": 0.95, "beta2": 0.98}, 0.003), ("muon", {"momentum": 0.8, "nesterov": False}, 0.01),
    ("schedule_free", {"beta1": 0.95, "beta2": 0.99, "warmup": 0.25}, 0.02), ("schedule_free", {"warmup": 0.0}, 0.01),
]:
    cases.append(run(f"optimizer {name} {options}", optimizer=(name, options), rate=rate, outputs_after=True))
cases.append(run("schedule_free with cosine", optimizer=("schedule_free", {}), rate=0.03, schedule=["cosine", {}], epochs=20, torch_schedule=scheduler(lambda s, o, n, k: s.CosineAnnealingLR(o, n))))
cases.append(run("schedule_free with batch normalisation", optimizer=("schedule_free", {}), rate=0.02, norm=True, hidden=(7, 6), activation="relu", epochs=20, outputs_after=True))
for name, rate in [("sgd", 0.1), ("adam", 0.01), ("muon", 0.01)]:
    cases.append(run(f"{name} averaged", optimizer=(name, {}), rate=rate, averaging=0.9, epochs=20, outputs_after=True))
cases.append(run("averaged with accumulation and clipping", averaging=0.8, accumulate=2, clip=0.2, epochs=20, outputs_after=True))
cases.append(run("averaged batch normalisation", averaging=0.9, norm=True, hidden=(7, 6), activation="relu", rate=0.05, epochs=20, outputs_after=True))
cases.append(run("muon with clipping", optimizer=("muon", {}), rate=0.02, clip=0.1, accumulate=2, hidden=(9, 4), epochs=20))
for name in PER_UPDATE:
    cases.append(run(name, schedule=[name, {}], epochs=12))
cases.append(run("adamw with falling decay", optimizer=("adamw", {}), rate=0.01, decay=0.5, decay_schedule="flat_cosine", epochs=20))
cases.append(run("sgd with falling decay", decay=0.1, decay_schedule="flat_cosine", epochs=20))
# Every activation, every loss.
for activation in ACTIVATIONS:
    cases.append(run(f"activation {activation}", activation=activation, hidden=(7, 6), epochs=20, outputs_after=True))
for loss, task in [
    (("cross_entropy", {}), "classes"), (("label_smoothing", {"smoothing": 0.1}), "classes"), (("hinge", {}), "classes"),
    (("binary_cross_entropy", {}), "binary"), (("mse", {}), "numbers"), (("mae", {}), "numbers"),
    (("huber", {"delta": 0.7}), "numbers"),
]:
    cases.append(run(f"loss {loss[0]}", loss=loss, task=task, rate=0.05, epochs=30))
cases.append(run("class weights", class_weights=[0.5, 2.0, 1.25], epochs=20))
# Normalisation, regularisers, accumulation, depth, ragged batches.
cases.append(run("batch normalisation", norm=True, hidden=(7, 6), activation="relu", rate=0.05, epochs=20, outputs_after=True))
cases.append(run("batch normalisation with adam", norm=True, hidden=(8,), activation="tanh", optimizer=("adam", {}), rate=0.01, epochs=20, outputs_after=True))
cases.append(run("layer normalisation", norm="layer", hidden=(7, 6), activation="relu", rate=0.05, epochs=20, outputs_after=True))
cases.append(run("layer normalisation, wide, with adamw", norm="layer", hidden=(37, 18), activation="mish", optimizer=("adamw", {}), rate=0.01, decay=0.1, epochs=20, outputs_after=True))
cases.append(run("layer normalisation of numbers, clipped and averaged", norm="layer", hidden=(20,), activation="tanh", task="numbers", loss=("mse", {}), rate=0.05, clip=0.5, accumulate=2, averaging=0.8, epochs=20))
cases.append(run("clip norm", clip=0.1, rate=0.5, epochs=20))
cases.append(run("accumulate", accumulate=2, epochs=20))
cases.append(run("accumulate and clip", accumulate=3, clip=0.2, epochs=20))
cases.append(run("l1", l1=0.01, epochs=20))
cases.append(run("batch of all", batch=ROWS, epochs=30))
cases.append(run("ragged batches", batch=10, epochs=20))
cases.append(run("stochastic", batch=1, rate=0.02, epochs=8))
cases.append(run("no hidden layer", hidden=(), epochs=20))
cases.append(run("four layers", hidden=(9, 8, 7, 6), activation="relu", epochs=20))
# Schedules that PyTorch has.
E = 12
cases.append(run("step", schedule=["step", {"factor": 0.5, "every": 3}], epochs=E, torch_schedule=scheduler(lambda s, o, n, k: s.StepLR(o, 3, 0.5))))
cases.append(run("exponential", schedule=["exponential", {"decay": 0.2}], epochs=E, torch_schedule=scheduler(lambda s, o, n, k: s.ExponentialLR(o, math.exp(-0.2)))))
cases.append(run("time_decay", schedule=["time_decay", {"decay": 0.3}], epochs=E, torch_schedule=scheduler(lambda s, o, n, k: s.LambdaLR(o, lambda e: 1 / (1 + 0.3 * e)))))
cases.append(run("power", schedule=["power", {"steps": 4, "c": 2.0}], epochs=E, torch_schedule=scheduler(lambda s, o, n, k: s.LambdaLR(o, lambda e: 1 / (1 + e / 4) ** 2))))
cases.append(run("cosine", schedule=["cosine", {"min": 0.01}], epochs=E, torch_schedule=scheduler(lambda s, o, n, k: s.CosineAnnealingLR(o, n, 0.01))))
cases.append(run("polynomial", schedule=["polynomial", {"p": 2.0}], epochs=E, torch_schedule=scheduler(lambda s, o, n, k: s.PolynomialLR(o, n, 2.0))))
cases.append(run("linear", schedule=["linear", {"end": 0.02}], epochs=E, torch_schedule=scheduler(lambda s, o, n, k: s.LinearLR(o, 1.0, 0.2, n))))
cases.append(run("plateau", schedule=["plateau", {"factor": 0.5, "patience": 1}], epochs=30, rate=3.0, torch_schedule=scheduler(lambda s, o, n, k: s.ReduceLROnPlateau(o, factor=0.5, patience=1))))
cases.append(run("one_cycle", schedule=["one_cycle", {"max": 0.3}], optimizer=("sgd", {"momentum": 0.9}), epochs=E, per_update=True, torch_schedule=scheduler(lambda s, o, n, k: s.OneCycleLR(o, 0.3, total_steps=n * k))))
cases.append(run("one_cycle with adam", schedule=["one_cycle", {"max": 0.02}], optimizer=("adam", {}), epochs=E, per_update=True, torch_schedule=scheduler(lambda s, o, n, k: s.OneCycleLR(o, 0.02, total_steps=n * k))))
cases.append(run("one_cycle in three phases", schedule=["one_cycle", {"max": 0.3, "three_phase": True}], optimizer=("sgd", {"momentum": 0.9}), epochs=E, per_update=True, torch_schedule=scheduler(lambda s, o, n, k: s.OneCycleLR(o, 0.3, total_steps=n * k, three_phase=True))))


def plateau(losses, **options):
    """The rate after each of the given losses."""
    p = torch.nn.Parameter(torch.zeros(1))
    opt = torch.optim.SGD([p], lr=1.0)
    sched = torch.optim.lr_scheduler.ReduceLROnPlateau(opt, **options)
    rates = []
    for value in losses:
        rates.append(opt.param_groups[0]["lr"])
        sched.step(value)
    return rates


edges = [3.0, 2.0, 2.0, 1.9999, 2.0, 2.1, 1.9, 1.9, 1.9, 1.9, 1.9, 1.9, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
plateaus = [dict(losses=edges, options=o, rates=plateau(edges, **t)) for o, t in [
    ({"factor": 0.5, "patience": 2}, dict(factor=0.5, patience=2)),
    ({"factor": 0.1, "patience": 0}, dict(factor=0.1, patience=0)),
    ({"factor": 0.5, "patience": 1, "cooldown": 2, "min": 0.2}, dict(factor=0.5, patience=1, cooldown=2, min_lr=0.2)),
    ({"factor": 0.5, "patience": 1, "threshold": 0.1}, dict(factor=0.5, patience=1, threshold=0.1)),
]]


def compact(value):
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {k: compact(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [compact(v) for v in value]
    return value


result = dict(torch=torch.__version__.split("+")[0], features=x.reshape(-1).tolist(), classes=classes.tolist(), binary=binary.tolist(),
              numbers=numbers.tolist(), cases=cases, plateaus=plateaus)
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "torch_oracles.json")
with open(path, "w") as out:
    json.dump(compact(result), out, separators=(",", ":"))
print(len(cases), "cases,", os.path.getsize(path), "bytes")
