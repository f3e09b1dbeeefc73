"""Configurations an hour: Attune's trials side by side against PyTorch's best arrangement, a process a core.

    python Tests/Benchmarks/side_by_side.py BENCHMARKS [--epochs 2] [--points few|all]

For each point of the grid two runs take turns: two PyTorch processes of one thread each (data in one tensor, fused Adam),
then two of Attune's trials in one process. Both train on 50,000 rows and end each epoch with the loss of the other 10,000,
as a tuner needs it. What counts is the time until both are done, from when the data are loaded: starting Python and loading
(about two seconds there, 0.2 here) are left out.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile

from torch_grid import ALL, FEW


def pytorch(layers, neurons, batch, epochs):
    child = [sys.executable, __file__.replace("side_by_side", "torch_grid"), "none", "--epochs", str(epochs)]
    child += ["--validation", "10000", "--child", str(layers), str(neurons), str(batch), "adam", "1"]
    pair = [subprocess.Popen(child, stdout=subprocess.PIPE) for _ in range(2)]
    return max(sum(json.loads(p.communicate()[0])[0]) for p in pair)


def attune(binary, layers, neurons, batch, epochs):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump([dict(layers=layers, neurons=neurons, batch_size=batch, learning_rate=1e-3)] * 2, file)
        file.flush()
        result = json.loads(subprocess.check_output([binary, "trials", file.name, "2", str(epochs), "0"]))
    return result["seconds"] - result["loading"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--points", default="few")
    options = parser.parse_args()
    ratios = []
    for layers, neurons, batch in FEW[:7] if options.points == "few" else ALL:
        theirs = pytorch(layers, neurons, batch, options.epochs)
        ours = attune(options.binary, layers, neurons, batch, options.epochs)
        ratios.append(theirs / ours)
        print(f"{layers} x {neurons}, {batch}: PyTorch {theirs:.2f} s, Attune {ours:.2f} s, {theirs / ours:.2f}", flush=True)
    print(f"least {min(ratios):.2f}, median {statistics.median(ratios):.2f}")


main()
