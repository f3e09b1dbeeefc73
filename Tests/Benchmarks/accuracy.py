"""Mean test accuracy over ten seeds, ours and PyTorch's: the same network, initialisation, batches and epochs.

    python Tests/Benchmarks/accuracy.py BENCHMARKS [--seeds 10] [--epochs 3]
"""

import argparse
import gzip
import json
import statistics
import subprocess

import numpy as np
import torch
from torch import nn

FOLDER = "/usr/share/datasets/fashion-mnist/"
parser = argparse.ArgumentParser()
parser.add_argument("binary")
parser.add_argument("--seeds", type=int, default=10)
parser.add_argument("--epochs", type=int, default=3)
options = parser.parse_args()


def read(part):
    images = np.frombuffer(gzip.open(FOLDER + part + "-images-idx3-ubyte.gz").read(), np.uint8, offset=16).reshape(-1, 784)
    labels = np.frombuffer(gzip.open(FOLDER + part + "-labels-idx1-ubyte.gz").read(), np.uint8, offset=8)
    return torch.tensor(images, dtype=torch.float32) / 255, torch.tensor(labels, dtype=torch.long)


x, y = read("train")
mean, deviation = x.mean(), x.std()
x = (x - mean) / deviation
tx, ty = read("t10k")
tx = (tx - mean) / deviation
theirs = []
for seed in range(options.seeds):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    opt = torch.optim.Adam(model.parameters(), fused=True)
    for _ in range(options.epochs):
        order = torch.randperm(len(x))
        for k in range(0, len(x), 64):
            rows = order[k:k + 64]
            opt.zero_grad()
            nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
            opt.step()
    with torch.no_grad():
        theirs.append((model(tx).argmax(1) == ty).double().mean().item())
ours = json.loads(subprocess.check_output([options.binary, "accuracy", "1", "128", "64", str(options.epochs), str(options.seeds)]))["accuracy"]
difference = statistics.mean(ours) - statistics.mean(theirs)
error = ((statistics.variance(ours) + statistics.variance(theirs)) / options.seeds) ** 0.5
print(f"PyTorch {statistics.mean(theirs):.4f}, Attune {statistics.mean(ours):.4f}, difference {difference:+.4f}, standard error {error:.4f}: {difference / error:+.2f} of them")
