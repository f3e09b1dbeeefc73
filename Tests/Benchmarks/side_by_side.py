"""Configurations an hour: Attune's trials side by side against PyTorch's best arrangement, a process a core.

    python Tests/Benchmarks/side_by_side.py BENCHMARKS [--epochs 2] [--points ...]

For each point of the grid two runs go at once: two PyTorch processes of one thread each (data in one tensor, fused
Adam), then two of Attune's trials in one process. What counts is the time for both, data loading left out on PyTorch's
side and within Attune's.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time

GRID = [(1, 128, 64), (2, 128, 64), (1, 512, 256), (2, 256, 128), (4, 512, 256), (1, 64, 32), (2, 512, 32)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--epochs", type=int, default=2)
    options = parser.parse_args()
    ratios = []
    for layers, neurons, batch in GRID:
        child = [sys.executable, __file__.replace("side_by_side", "torch_grid"), options.binary, "--epochs", str(options.epochs)]
        child += ["--child", str(layers), str(neurons), str(batch), "adam", "1"]
        pair = [subprocess.Popen(child, stdout=subprocess.PIPE) for _ in range(2)]
        theirs = max(json.loads(p.communicate()[0])[0] for p in pair) * options.epochs * 50000 / 60000
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump([dict(layers=layers, neurons=neurons, batch_size=batch, learning_rate=1e-3)] * 2, file)
            file.flush()
            ours = json.loads(subprocess.check_output([options.binary, "trials", file.name, "2", str(options.epochs), "0"]))["seconds"]
        ratios.append(theirs / ours)
        print(f"{layers} x {neurons}, {batch}: PyTorch {theirs:.2f} s, Attune {ours:.2f} s (with loading and validation), {theirs / ours:.2f}", flush=True)
    print(f"least {min(ratios):.2f}, median {statistics.median(ratios):.2f}")


main()
