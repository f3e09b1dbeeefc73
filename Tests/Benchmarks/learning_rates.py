"""Sweeps of the learning rate beside what find_learning_rate suggests.

    python Tests/Benchmarks/learning_rates.py ATTUNE [--epochs 10]

Per data set and optimizer: the last validation value at each rate, the suggestion, and the value at the suggestion. A
suggestion is right if its value is within 1.5 points of the best of the sweep or the rate within a factor 3 of the best's.
"""

import argparse
import pathlib
import random
import re
import subprocess
import tempfile

RATES = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0, 3.0]
OPTIMIZERS = ["sgd", "adam", "adamw", "rmsprop"]


def regression(folder):
    """Six hundred rows of a smooth function with noise; the target has deviation 1."""
    draw = random.Random(0)
    lines = ["a,b,c,d,e,y"]
    for _ in range(600):
        x = [draw.gauss(0, 1) for _ in range(5)]
        y = (x[0] + 2 * x[1] - x[2] + x[3] / 2 + draw.gauss(0, 0.3)) / 2.5
        lines.append(",".join(f"{value:.4f}" for value in x + [y]))
    path = folder / "regression.csv"
    path.write_text("\n".join(lines) + "\n")
    return f'data csv("{path}", target="y")'


def run(attune, cells, folder):
    path = folder / "cells.attune"
    path.write_text(cells)
    return subprocess.run([attune, "run", str(path)], capture_output=True, text=True).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("attune")
    parser.add_argument("--epochs", type=int, default=10)
    arguments = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp())
    sets = {
        "digits": ("data digits", "accuracy"), "fashion_mnist": ("data fashion_mnist limit=12000", "accuracy"),
        "iris": ("data iris", "accuracy"), "regression": (regression(folder), "r2"),
    }
    wrong = 0
    for name, (data, metric) in sets.items():
        for optimizer in OPTIMIZERS:
            def value(rate):
                cells = (f"{data};\ntrain optimizer={optimizer} learning_rate={rate} epochs={arguments.epochs} "
                         f"metrics=[{metric}];\nprint run.history.val_{metric}[{arguments.epochs - 1}]\n")
                text = run(arguments.attune, cells, folder).split()
                return float(text[-1]) if text and re.fullmatch(r"-?[0-9.e-]+", text[-1]) else float("-inf")

            sweep = {rate: value(rate) for rate in RATES}
            best = max(sweep, key=sweep.get)
            said = run(arguments.attune, f"{data};\nfind_learning_rate optimizer={optimizer}\n", folder)
            found = re.search(r"suggested learning_rate=(\S+)", said)
            rate = float(found[1]) if found else None
            reached = value(rate) if rate else float("-inf")
            right = bool(rate) and (reached >= sweep[best] - 0.015 or best / 3 <= rate <= 3 * best)
            wrong += not right
            print(f"{name:14} {optimizer:8}", " ".join(f"{max(v, -9):6.3f}" for v in sweep.values()),
                  f" suggested {rate}: {reached:.3f}{'' if right else '  WRONG'}", flush=True)
    print(f"{wrong} wrong")


main()
