"""The tutorial's experiment as its own loop runs it, against Attune on the same ten configurations and rows.

    python Tests/Benchmarks/tutorial_loop.py BENCHMARKS [--seeds 0,1,2] [--epochs 5] [--share 1.0]

The loop is the tutorial's: torchvision's transforms sample by sample in a DataLoader, Adam, one trial after another, on
Fashion-MNIST's 50,000 training images, then the validation loss over the other 10,000. `--share 0.05` runs that share
of every epoch's batches and scales the time up (its cost is linear in samples); Attune always runs whole.
"""

import argparse
import gzip
import json
import math
import random
import subprocess
import tempfile
import time

import numpy as np

FOLDER = "/usr/share/datasets/fashion-mnist/"


def configurations(seed):
    draw = random.Random(seed)
    return [dict(batch_size=draw.choice([32, 64, 128, 256]), learning_rate=math.exp(draw.uniform(math.log(1e-5), 0.0)),
                 layers=draw.choice([1, 2, 3, 4]), neurons=draw.choice([64, 128, 256, 512])) for _ in range(10)]


def tutorial(configuration, epochs, share, seed):
    import torch
    from PIL import Image
    from torch import nn
    from torchvision import transforms

    torch.manual_seed(seed)
    images = np.frombuffer(gzip.open(FOLDER + "train-images-idx3-ubyte.gz").read(), np.uint8, offset=16).reshape(-1, 28, 28)
    labels = np.frombuffer(gzip.open(FOLDER + "train-labels-idx1-ubyte.gz").read(), np.uint8, offset=8)
    transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.2860,), (0.3530,))])

    class Images(torch.utils.data.Dataset):
        def __init__(self, rows):
            self.rows = rows

        def __len__(self):
            return len(self.rows)

        def __getitem__(self, index):
            row = self.rows[index]
            return transform(Image.fromarray(images[row])), int(labels[row])

    batch = configuration["batch_size"]
    train = torch.utils.data.DataLoader(Images(range(50000)), batch_size=batch, shuffle=True)
    check = torch.utils.data.DataLoader(Images(range(50000, 60000)), batch_size=batch)
    sizes = [784] + [configuration["neurons"]] * configuration["layers"]
    parts = [nn.Flatten()]
    for a, b in zip(sizes, sizes[1:]):
        parts += [nn.Linear(a, b), nn.ReLU()]
    parts += [nn.Linear(sizes[-1], 10), nn.LogSoftmax(dim=1)]
    model = nn.Sequential(*parts)
    opt = torch.optim.Adam(model.parameters(), lr=configuration["learning_rate"])
    criterion = nn.NLLLoss()
    start = time.perf_counter()
    for _ in range(epochs):
        for k, (x, y) in enumerate(train):
            if k >= share * len(train):
                break
            opt.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            opt.step()
        with torch.no_grad():
            for k, (x, y) in enumerate(check):
                if k >= share * len(check):
                    break
                criterion(model(x), y)
    return (time.perf_counter() - start) / share


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--seeds", default="0,1,2")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--share", type=float, default=1.0)
    options = parser.parse_args()
    for seed in map(int, options.seeds.split(",")):
        chosen = configurations(seed)
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(chosen, file)
            file.flush()
            words = [options.binary, "trials", file.name, "2", str(options.epochs), str(seed)]
            ours = json.loads(subprocess.check_output(words))["seconds"]
        # A share short of one runs one epoch and counts it five times.
        theirs = sum(
            tutorial(c, options.epochs if options.share == 1 else 1, options.share, seed) * (1 if options.share == 1 else options.epochs)
            for c in chosen)
        print(f"seed {seed}: the tutorial's loop {theirs:.1f} s, Attune {ours:.2f} s, {theirs / ours:.1f} times", flush=True)


main()
