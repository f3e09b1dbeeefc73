"""Attune's trainer against PyTorch's best, in turn on the same machine: the grid of layers, neurons, batches, optimizers.

    python Tests/Benchmarks/torch_grid.py BENCHMARKS [--points few|all] [--threads 1,2] [--epochs 2] [--json out.json]

BENCHMARKS is the built `benchmarks` executable (swift build -c release --product benchmarks). PyTorch has the data in one
tensor, already standardised, its fused optimizer and 1 or 2 threads; both train on the same 60,000 rows of Fashion-MNIST,
same sizes, batches and epochs, shuffled. The best epoch of each counts: it is the least disturbed one.
"""

import argparse
import gzip
import itertools
import json
import statistics
import subprocess
import sys
import time

FOLDER = "/usr/share/datasets/fashion-mnist/"
FEW = [(1, 128, 64), (2, 128, 64), (1, 512, 256), (2, 256, 128), (4, 512, 256), (1, 64, 32), (2, 512, 32), (4, 64, 32)]
ALL = list(itertools.product([1, 2, 3, 4], [64, 128, 256, 512], [32, 64, 128, 256]))


def torch_epochs(layers, neurons, batch, optimizer, epochs, threads, validation=0):
    """The seconds of each epoch and its training loss; with `validation` rows held back, each epoch ends with their loss."""
    import numpy as np
    import torch
    from torch import nn

    torch.set_num_threads(threads)
    torch.manual_seed(0)
    images = np.frombuffer(gzip.open(FOLDER + "train-images-idx3-ubyte.gz").read(), np.uint8, offset=16).reshape(-1, 784)
    labels = np.frombuffer(gzip.open(FOLDER + "train-labels-idx1-ubyte.gz").read(), np.uint8, offset=8)
    x = torch.tensor(images, dtype=torch.float32) / 255
    x = (x - x.mean()) / x.std()
    y = torch.tensor(labels, dtype=torch.long)
    held_x, held_y = x[len(x) - validation:], y[len(y) - validation:]
    x, y = x[:len(x) - validation], y[:len(y) - validation]
    sizes = [784] + [neurons] * layers + [10]
    parts = []
    for k in range(1, len(sizes)):
        parts.append(nn.Linear(sizes[k - 1], sizes[k]))
        if k < len(sizes) - 1:
            parts.append(nn.ReLU())
    model = nn.Sequential(*parts)
    if optimizer == "adam":
        opt = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    else:
        opt = torch.optim.SGD(model.parameters(), lr=0.1, fused=True)
    criterion = nn.CrossEntropyLoss()
    seconds, losses = [], []
    for _ in range(epochs):
        start = time.perf_counter()
        order = torch.randperm(len(x))
        total = 0.0
        for k in range(0, len(x), batch):
            rows = order[k:k + batch]
            opt.zero_grad()
            loss = criterion(model(x[rows]), y[rows])
            loss.backward()
            opt.step()
            total += loss.item() * len(rows)
        if validation:
            with torch.no_grad():
                for k in range(0, validation, 2000):
                    criterion(model(held_x[k:k + 2000]), held_y[k:k + 2000]).item()
        seconds.append(time.perf_counter() - start)
        losses.append(total / len(x))
    return seconds, losses[-1]


def attune_epochs(binary, layers, neurons, batch, optimizer, epochs, threads):
    words = [binary, "train", layers, neurons, batch, optimizer, epochs, threads]
    line = json.loads(subprocess.check_output([str(w) for w in words]))
    return min(line["seconds"]), line["train_loss"][-1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--points", default="few")
    parser.add_argument("--threads", default="2,1")
    parser.add_argument("--optimizers", default="adam")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--json")
    parser.add_argument("--child", nargs=5)
    parser.add_argument("--validation", type=int, default=0)
    options = parser.parse_args()
    if options.child:
        layers, neurons, batch, optimizer, threads = options.child
        print(json.dumps(torch_epochs(int(layers), int(neurons), int(batch), optimizer, options.epochs, int(threads),
                                      options.validation)))
        return
    rows = []
    print(f"{'layers x neurons, batch':26}{'optimizer':>10}{'threads':>8}{'PyTorch s':>11}{'Attune s':>10}{'ratio':>7}   losses")
    for layers, neurons, batch in FEW if options.points == "few" else ALL:
        for optimizer in options.optimizers.split(","):
            for threads in map(int, options.threads.split(",")):
                child = [sys.executable, __file__, options.binary, "--epochs", str(options.epochs), "--child"]
                child += map(str, (layers, neurons, batch, optimizer, threads))
                seconds, their_loss = json.loads(subprocess.check_output(child))
                theirs = min(seconds)
                ours, our_loss = attune_epochs(options.binary, layers, neurons, batch, optimizer, options.epochs, threads)
                rows.append(dict(layers=layers, neurons=neurons, batch=batch, optimizer=optimizer, threads=threads,
                                 torch=theirs, attune=ours, ratio=theirs / ours, torch_loss=their_loss, attune_loss=our_loss))
                print(f"{f'{layers} x {neurons}, {batch}':26}{optimizer:>10}{threads:8}{theirs:11.3f}{ours:10.3f}{theirs / ours:7.2f}   {their_loss:.4f} {our_loss:.4f}", flush=True)
    for optimizer, threads in sorted({(r["optimizer"], r["threads"]) for r in rows}):
        ratios = [r["ratio"] for r in rows if r["threads"] == threads and r["optimizer"] == optimizer]
        print(f"{optimizer}, {threads} threads: least {min(ratios):.2f}, median {statistics.median(ratios):.2f}")
    if options.json:
        json.dump(rows, open(options.json, "w"), indent=1)


if __name__ == "__main__":
    main()
