"""Runs the PyTorch programs that Attune writes, and compares what they predict with Attune's own predictions.

Not part of Tests/run, because PyTorch is large:  ATTUNE=... python Tests/Clients/torch_programs.py
It needs torch, safetensors and numpy.
"""

import csv
import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch

ATTUNE = os.environ.get("ATTUNE", str(Path(__file__).resolve().parents[2] / ".build/debug/attune"))
ACTIVATIONS = ["relu", "leaky_relu", "elu", "selu", "gelu", "silu", "mish", "tanh", "sigmoid", "softplus", "identity"]


def attune(folder, source):
    (folder / "cells.attune").write_text("set progress=none\n" + source)
    subprocess.run([ATTUNE, "run", str(folder / "cells.attune")], check=True, stdout=subprocess.DEVNULL)


def predictions(file):
    with open(file, newline="") as lines:
        rows = list(csv.DictReader(lines))
    names = [name for name in rows[0] if name.startswith(("probability_", "score_"))] or ["prediction"]
    return [row["prediction"] for row in rows], np.array([[float(row[name]) for name in names] for row in rows])


def program(folder, name):
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compare(folder, name, features):
    """The largest difference, relative where the numbers are large; the words must agree."""
    module = program(folder, name)
    network = module.load()
    with torch.no_grad():
        theirs = network(torch.from_numpy(features)).numpy()
    words, ours = predictions(folder / f"{name}.csv")
    assert theirs.shape == ours.shape, (theirs.shape, ours.shape)
    difference = np.abs(theirs - ours).max() / max(1, np.abs(ours).max())
    said = module.predict(network, torch.from_numpy(features))
    assert said == words if module.CLASSES else len(said) == len(words)
    shown = subprocess.run([sys.executable, str(folder / f"{name}.py")], capture_output=True, text=True, check=True)
    assert "parameters" in shown.stdout
    print(f"{name:28} {difference:.1e}")
    assert difference < 1e-5
    return network


def main():
    folder = Path(tempfile.mkdtemp())
    random = np.random.default_rng(1)
    y = np.arange(1200) % 4
    x = ((random.normal(size=(4, 9)) * 2)[y] + random.normal(size=(1200, 9))).astype(np.float32) * 7 + 20
    np.savez(folder / "four.npz", x=x[:800], y=y[:800], a=x[800:], b=y[800:])
    two = (y[:] % 2).astype(np.int64)
    np.savez(folder / "two.npz", x=x[:800], y=two[:800], a=x[800:], b=two[800:])
    number = (x @ random.normal(size=9)).astype(np.float64)
    np.savez(folder / "number.npz", x=x[:800], y=number[:800], a=x[800:], b=number[800:])
    cells, names = [], []

    def case(name, data, network, train=""):
        names.append(name)
        cells.extend([
            f'data npz("{data}.npz", x_test="a", y_test="b")', f"network hidden=[16, 12] {network}",
            f'train epochs=3 {train}', f'export run to="{name}.py"', f'predict test to="{name}.csv"'])

    for index, activation in enumerate(ACTIVATIONS):
        case(f"four_{activation}", "four", f"activation={activation} " + ["", "batch_norm=true", "dropout=0.3", "norm=layer"][index % 4])
    case("two_sigmoid", "two", "batch_norm=true dropout=0.1")
    case("two_softmax", "two", "output=softmax")
    case("four_sigmoid_outputs", "four", "output=sigmoid")
    case("four_hinge", "four", "", "loss=hinge")
    case("number_mse", "number", "activation=gelu")
    attune(folder, "\n".join(cells))
    for name in names:
        compare(folder, name, x[800:])

    # Images: bytes and their fractions give the same answers.
    images = random.integers(0, 256, size=(300, 5, 4), dtype=np.uint8)
    np.savez(folder / "images.npz", x=images, y=np.arange(300) % 3)
    attune(folder, 'data npz("images.npz")\ntrain epochs=1\nexport run to="images.py"\npredict npz("images.npz") to="images.csv"')
    network = compare(folder, "images", images.reshape(300, 20).astype(np.float32) / np.float32(255))
    with torch.no_grad():
        assert np.abs(network(torch.from_numpy(images)).numpy() - predictions(folder / "images.csv")[1]).max() < 1e-5

    # A table: the program reads the file itself.
    towns = ["Kiel", "Bonn", "Trier"]
    with open(folder / "houses.csv", "w", newline="") as file:
        rows = [[k % 9 or "", towns[k % 3], 3 * (k % 9) + 10 * (k % 3)] for k in range(200)]
        csv.writer(file).writerows([["rooms", "town", "price"]] + rows)
    attune(
        folder,
        'data csv("houses.csv", target="price") task=regression\ntrain epochs=20\nexport run to="houses.py"\n'
        'predict csv("houses.csv") to="houses_p.csv"')
    shown = subprocess.run(
        [sys.executable, str(folder / "houses.py"), str(folder / "houses.csv")], capture_output=True, text=True, check=True)
    lines = shown.stdout.split()
    assert lines[0] == "price"
    ours = predictions(folder / "houses_p.csv")[1][:, 0]
    difference = np.abs(np.array(lines[1:], float) - ours).max() / np.abs(ours).max()
    print(f"{'houses.py houses.csv':28} {difference:.1e}")
    assert difference < 1e-5

    # The best trial of a study.
    attune(
        folder,
        'data npz("four.npz", x_test="a", y_test="b")\nspace\n    neurons in {8, 24}\n    activation in {relu, tanh}\n'
        'tune trials=4 epochs=2\nexport best to="best.py"\npredict test to="best.csv"')
    compare(folder, "best", x[800:])
    print("all agree")


main()
