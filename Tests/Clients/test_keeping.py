"""What leaves Attune, in the hands of those who take it: ONNX's checker and runtime, safetensors, NumPy, the csv module.

The oracle of a prediction is Attune's own `predict`, and once NumPy's arithmetic from the bare weights.
"""

import csv
import json
import os
import signal
import subprocess
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from safetensors.numpy import load_file, save_file

ATTUNE = os.environ.get("ATTUNE", str(Path(__file__).resolve().parents[2] / ".build/debug/attune"))
ACTIVATIONS = ["relu", "leaky_relu", "elu", "selu", "gelu", "silu", "mish", "tanh", "sigmoid", "softplus", "identity"]


def attune(folder, source, fails=False):
    """Runs commands with the folder as theirs; what they wrote."""
    file = folder / "cells.attune"
    file.write_text("set progress=none\n" + source)
    done = subprocess.run([ATTUNE, "run", str(file)], capture_output=True, text=True, timeout=120)
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done.stdout + done.stderr


def table(file):
    with open(file, newline="") as lines:
        return list(csv.DictReader(lines))


def probabilities(file):
    """The columns of a prediction file that are not the prediction itself."""
    rows = table(file)
    names = [name for name in rows[0] if name.startswith(("probability_", "score_"))] or ["prediction"]
    return np.array([[float(row[name]) for name in names] for row in rows])


def run_onnx(file, features):
    model = onnx.load(file)
    onnx.checker.check_model(model, full_check=True)
    assert [(entry.domain, entry.version) for entry in model.opset_import] == [("", 17)]
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    assert [value.name for value in session.get_inputs()] == ["features"]
    whole = session.run(["predictions"], {"features": features})[0]
    # Any number of rows may come.
    one = session.run(["predictions"], {"features": features[:1]})[0]
    assert np.allclose(one, whole[:1], atol=1e-6)
    return whole


def blobs(rows, features, classes, seed):
    """Classes about centres of their own, with features on scales of their own."""
    random = np.random.default_rng(seed)
    y = np.arange(rows) % classes
    centres = random.normal(size=(classes, features)) * 2
    scales = 10.0 ** random.integers(-2, 3, size=features)
    x = (centres[y] + random.normal(size=(rows, features))) * scales + 3 * scales
    return x.astype(np.float32), y.astype(np.int64)


@pytest.fixture(scope="module")
def classes(tmp_path_factory):
    """A network of each activation over four classes, exported and put to work on a test part of 500 rows."""
    folder = tmp_path_factory.mktemp("classes")
    x, y = blobs(2000, 12, 4, seed=1)
    np.savez(folder / "set.npz", x=x[:1500], y=y[:1500], x_test=x[1500:], y_test=y[1500:])
    cells = ['data npz("set.npz", x_test="x_test", y_test="y_test")']
    for index, activation in enumerate(ACTIVATIONS):
        extra = ["", " dropout=0.3", " batch_norm=true", " norm=layer", " norm=batch dropout=0.2"][index % 5]
        cells += [
            f"network hidden=[24, 16] activation={activation}{extra}",
            f'train epochs=4 learning_rate=0.01 name="{activation}"',
            f'export run to="{activation}.onnx"', f'predict test to="{activation}.csv"',
        ]
    attune(folder, "\n".join(cells))
    return folder, x[1500:], y[1500:]


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_onnx_predicts_as_attune(classes, activation):
    folder, x, y = classes
    answers = run_onnx(folder / f"{activation}.onnx", x)
    ours = probabilities(folder / f"{activation}.csv")
    assert answers.shape == ours.shape == (500, 4)
    assert np.abs(answers - ours).max() < 1e-5
    rows = table(folder / f"{activation}.csv")
    assert [row["target"] for row in rows] == [str(label) for label in y]
    assert [int(row["prediction"]) for row in rows] == ours.argmax(axis=1).tolist()
    # A network that has learned nothing would agree as well.
    assert (ours.argmax(axis=1) == y).mean() > 0.8


@pytest.mark.parametrize(
    "network, train, task, kinds, width",
    [
        ("batch_norm=true", "", "classification", 2, 2),
        ("output=softmax", "", "classification", 2, 2),
        ("norm=layer activation=mish", "averaging=ema", "classification", 2, 2),
        ("output=identity", "loss=hinge", "classification", 3, 3),
        ("output=sigmoid", "", "classification", 3, 3),
        ("activation=tanh dropout=0.2", "", "regression", 0, 1),
        ("hidden=[]", "loss=huber", "regression", 0, 1),
    ])
@pytest.mark.parametrize("standardize", ["per_feature", "global", "none"])
def test_onnx_of_every_output(tmp_path, network, train, task, kinds, width, standardize):
    x, y = blobs(600, 5, max(kinds, 2), seed=2)
    if standardize == "none":
        x = x / np.abs(x).max()
    if task == "regression":
        y = (x / np.abs(x).max(axis=0)).sum(axis=1).astype(np.float64)
    np.savez(tmp_path / "set.npz", x=x[:400], y=y[:400], a=x[400:], b=y[400:])
    attune(
        tmp_path,
        f'data npz("set.npz", x_test="a", y_test="b") task={task} standardize={standardize}\n'
        f"network {network if 'hidden' in network else 'hidden=[8] ' + network}\n"
        f'train epochs=5 {train}\nexport run to="n.onnx"\npredict test to="test.csv"\npredict npz("set.npz", x="a") to="new.csv"')
    answers = run_onnx(tmp_path / "n.onnx", x[400:])
    ours = probabilities(tmp_path / "test.csv")
    assert answers.shape == ours.shape == (200, width)
    assert np.abs(answers - ours).max() < 1e-5 * max(1, np.abs(ours).max())
    assert (probabilities(tmp_path / "new.csv") == ours).all()


def test_bare_weights_are_enough_for_numpy(tmp_path):
    """The forward pass written down from the language page alone: weights outputs x inputs, norms with eps 1e-5."""
    x, y = blobs(900, 6, 3, seed=3)
    np.savez(tmp_path / "set.npz", x=x[:600], y=y[:600], a=x[600:], b=y[600:])
    attune(
        tmp_path,
        'data npz("set.npz", x_test="a", y_test="b")\nnetwork hidden=[10, 7] activation=tanh batch_norm=true dropout=0.1\n'
        'train epochs=6\nexport run to="n.npz"\nexport run to="n.safetensors"\nexport run to="n.json"\npredict test to="p.csv"')
    weights = dict(np.load(tmp_path / "n.npz"))
    other = load_file(tmp_path / "n.safetensors")
    assert set(weights) == set(other) == {
        f"layers.{k}.{part}" for k in range(3) for part in ("weight", "bias")
    } | {f"norms.{k}.{part}" for k in range(2) for part in ("weight", "bias", "running_mean", "running_var")}
    assert all(weights[name].dtype == np.float32 and (weights[name] == other[name]).all() for name in weights)
    assert weights["layers.0.weight"].shape == (10, 6)
    description = json.loads((tmp_path / "n.json").read_text())
    for name, tensor in description["weights"].items():
        assert (np.array(tensor["values"], np.float32).reshape(tensor["shape"]) == weights[name]).all()
    h = x[600:].astype(np.float64)
    h = (h - np.array(description["standardize"]["mean"])) / np.array(description["standardize"]["deviation"])
    for k in range(2):
        h = h @ weights[f"layers.{k}.weight"].T.astype(np.float64) + weights[f"layers.{k}.bias"]
        norm = {part: weights[f"norms.{k}.{part}"] for part in ("weight", "bias", "running_mean", "running_var")}
        h = (h - norm["running_mean"]) / np.sqrt(norm["running_var"].astype(np.float64) + 1e-5) * norm["weight"] + norm["bias"]
        h = np.tanh(h)
    h = h @ weights["layers.2.weight"].T.astype(np.float64) + weights["layers.2.bias"]
    shares = np.exp(h - h.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    assert np.abs(shares - probabilities(tmp_path / "p.csv")).max() < 1e-5


@pytest.mark.parametrize("form", ["npz", "npz_compressed", "npz_float64_fortran", "safetensors"])
def test_weights_of_other_programs_come_in(tmp_path, form):
    random = np.random.default_rng(4)
    x, y = blobs(300, 5, 3, seed=5)
    np.savez(tmp_path / "set.npz", x=x[:200], y=y[:200], a=x[200:], b=y[200:])
    weights = {
        "layers.0.weight": random.normal(size=(4, 5)), "layers.0.bias": random.normal(size=4),
        "layers.1.weight": random.normal(size=(3, 4)), "layers.1.bias": random.normal(size=3),
    }
    weights = {name: value.astype(np.float32) for name, value in weights.items()}
    file = "start.safetensors" if form == "safetensors" else "start.npz"
    if form == "safetensors":
        save_file(weights, tmp_path / file)
    elif form == "npz_compressed":
        np.savez_compressed(tmp_path / file, **weights)
    elif form == "npz_float64_fortran":
        np.savez(tmp_path / file, **{name: np.asfortranarray(value.astype(np.float64)) for name, value in weights.items()})
    else:
        np.savez(tmp_path / file, **weights)
    attune(
        tmp_path,
        'data npz("set.npz", x_test="a", y_test="b") standardize=none\nnetwork hidden=[4]\n'
        f'import weights from="{file}"\npredict test to="p.csv"')
    h = np.maximum(x[200:].astype(np.float64) @ weights["layers.0.weight"].T + weights["layers.0.bias"], 0)
    h = h @ weights["layers.1.weight"].T + weights["layers.1.bias"]
    shares = np.exp(h - h.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    assert np.abs(shares - probabilities(tmp_path / "p.csv")).max() < 1e-5


def test_images_go_from_bytes(tmp_path):
    """A byte of an image counts as byte / 255, in `predict` and in the features that ONNX takes."""
    random = np.random.default_rng(6)
    y = np.arange(400) % 2
    images = random.integers(0, 120, size=(400, 6, 5), dtype=np.uint8)
    images[y == 1, :3] += 100
    np.savez(tmp_path / "set.npz", x=images, y=y)
    header = bytes([0, 0, 8, 3]) + b"".join(int(size).to_bytes(4, "big") for size in images.shape)
    (tmp_path / "images.idx").write_bytes(header + images.tobytes())
    attune(
        tmp_path,
        'data npz("set.npz")\nnetwork hidden=[6]\ntrain epochs=40\nexport run to="n.onnx"\n'
        'predict npz("set.npz") to="a.csv"\npredict idx("images.idx") to="b.csv"')
    answers = run_onnx(tmp_path / "n.onnx", (images.reshape(400, 30) / np.float32(255)).astype(np.float32))
    ours = probabilities(tmp_path / "a.csv")
    assert np.abs(answers - ours).max() < 1e-5
    assert (probabilities(tmp_path / "b.csv") == ours).all()
    assert (ours.argmax(axis=1) == y).mean() > 0.95


def test_tables_are_predicted_as_they_were_trained(tmp_path):
    random = np.random.default_rng(7)
    towns = ["Kiel", "Bonn", 'St. "Alban", A']
    rows = [(f"{random.normal(50, 20):.3f}", towns[k % 3], "" if k % 17 == 0 else f"{random.integers(1, 9)}") for k in range(300)]

    def write(name, header, lines):
        with open(tmp_path / name, "w", newline="") as file:
            csv.writer(file).writerows([header] + lines)

    prices = [float(a) * 2 + 30 * towns.index(b) + 5 * float(c or 4) for a, b, c in rows]
    write("houses.csv", ["area", "town", "rooms", "price"], [[*row, f"{price:.2f}"] for row, price in zip(rows, prices)])
    write("new.csv", ["rooms", "note", "town", "area"], [[c, "x", b, a] for a, b, c in rows])
    attune(
        tmp_path,
        'data csv("houses.csv", target="price")\nnetwork hidden=[16]\ntrain epochs=150 learning_rate=0.01 batch_size=32\n'
        'predict csv("new.csv") to="new_p.csv"\npredict csv("houses.csv") to="same.csv"\nexport run to="n.json"\nexport run to="n.onnx"')
    ours = probabilities(tmp_path / "new_p.csv")
    assert (ours == probabilities(tmp_path / "same.csv")).all()
    assert np.corrcoef(ours[:, 0], prices)[0, 1] > 0.95
    answers = run_table_onnx(tmp_path / "n.onnx", [dict(zip(["area", "town", "rooms"], row)) for row in rows])
    assert np.abs(answers - ours).max() < 1e-5 * np.abs(ours).max()
    # The JSON holds the same preparation: numbers with their scale, a category's inputs.
    said = json.loads((tmp_path / "n.json").read_text())
    columns = {name: value for column in said["encoding"]["columns"] for name, value in [(list(column)[0], column)]}
    assert columns["category"]["category"]["categories"] == sorted(towns)
    weights = {name: np.array(value["values"]).reshape(value["shape"]) for name, value in said["weights"].items()}
    features = []
    for area, town, rooms in rows:
        line = []
        for column in said["encoding"]["columns"]:
            (kind, about), = column.items()
            text = {"area": area, "town": town, "rooms": rooms}[about["name"]]
            if kind == "number":
                scale = about["scale"]["standard"]
                line.append(((float(text) if text else about["mean"]) - scale["mean"]) / scale["deviation"])
                line += [float(not text)] if about["hasGaps"] else []
            else:
                line += [float(text == category) for category in about["categories"]]
        features.append(line)
    hidden = np.maximum(np.array(features) @ weights["layers.0.weight"].T + weights["layers.0.bias"], 0)
    numbers = hidden @ weights["layers.1.weight"].T + weights["layers.1.bias"]
    unit = said["target_scale"]
    assert np.abs(numbers * unit["deviation"] + unit["mean"] - ours).max() < 1e-5 * np.abs(ours).max()


def run_table_onnx(file, rows):
    """Rows as dicts of texts into a model with an input for each column: doubles, seconds since 1970, or strings."""
    model = onnx.load(file)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])

    def value(text, kind):
        if kind == "tensor(string)":
            return text
        if text == "":
            return float("nan")
        return datetime.fromisoformat(text).replace(tzinfo=timezone.utc).timestamp() if "-" in text[1:] else float(text)

    feed = {
        entry.name: np.array([[value(row[entry.name], entry.type)] for row in rows],
                             object if entry.type == "tensor(string)" else np.float64)
        for entry in session.get_inputs()
    }
    return session.run(["predictions"], feed)[0]


@pytest.mark.parametrize("standardize", ["per_feature", "robust", "quantile", "none"])
@pytest.mark.parametrize("task", ["regression", "classification"])
def test_onnx_prepares_raw_columns(tmp_path, standardize, task):
    """Numbers with ties and gaps, far from 0 too, categories rare and unknown and missing, yes and no, dates."""
    random = np.random.default_rng(8)

    def row(k, is_new):
        day = datetime(2019, 11, 3) + timedelta(hours=int(random.integers(0, 20000)))
        return [
            "" if random.random() < 0.1 else f"{random.normal(3, 2) if k % 3 else 1.5:.2f}",
            f"{1_700_000_000 + int(random.integers(0, 600))}",
            str(random.choice(["red", "green", "blue", ""] + (["mauve", "Red"] if is_new else [f"rare{k % 40}"]))),
            str(random.choice(["yes", "no"])), day.isoformat() if random.random() < 0.9 else ""]

    names = ["size", "time", "colour", "garden", "sold"]
    old, new = [row(k, False) for k in range(400)], [row(k, True) for k in range(60)]
    if standardize == "none":
        for line in old + new:
            line[1] = str(int(line[1]) % 600 / 600)
    targets = [float(line[0] or 0) + (line[3] == "yes") + (line[2] == "red") + random.normal(0, 0.1) for line in old]
    if task == "classification":
        targets = ["high" if value > 2 else "low" for value in targets]
    with open(tmp_path / "old.csv", "w", newline="") as file:
        csv.writer(file).writerows([names + ["y"]] + [line + [value] for line, value in zip(old, targets)])
    with open(tmp_path / "new.csv", "w", newline="") as file:
        csv.writer(file).writerows([names + ["id"]] + [line + [f"{k:04d}"] for k, line in enumerate(new)])
    said = attune(
        tmp_path,
        f'data csv("old.csv", target="y") standardize={standardize}\nnetwork hidden=[12]\ntrain epochs=20\n'
        'export run to="n.onnx"\npredict csv("new.csv") to="p.csv" keep=[id]\nsave "m.attune"\n'
        'load "m.attune"\npredict csv("new.csv") to="again.csv" keep=[id]')
    rows = table(tmp_path / "p.csv")
    assert [int(line["row"]) for line in rows] == list(range(1, 61))
    assert [line["id"] for line in rows] == [f"{k:04d}" for k in range(60)]
    assert (tmp_path / "p.csv").read_text() == (tmp_path / "again.csv").read_text()
    unknown = sum(line[2] in ("mauve", "Red") for line in new)
    gaps = sum(line[2] == "" for line in new)
    assert f"colour: {gaps} rows with a missing value, {unknown} rows with a category that training did not have" in said
    answers = run_table_onnx(tmp_path / "n.onnx", [dict(zip(names, line)) for line in new])
    ours = probabilities(tmp_path / "p.csv")
    assert np.abs(answers - ours).max() < 1e-5 * max(1, np.abs(ours).max())


def test_a_killed_training_goes_on_bit_for_bit(tmp_path):
    prepare = "data digits\nnetwork hidden=[32] dropout=0.2 batch_norm=true\n"
    train = "train epochs=1000 optimizer=nadam learning_rate=0.001 schedule=cosine"
    (tmp_path / "long.attune").write_text(f'{prepare}{train} checkpoint="c.attune"')
    process = subprocess.Popen([ATTUNE, "run", str(tmp_path / "long.attune")], stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 60
        while not (tmp_path / "c.attune").exists():
            assert time.monotonic() < end and process.poll() is None
            time.sleep(0.01)
        time.sleep(0.2)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert process.returncode == -signal.SIGKILL
    said = attune(tmp_path, 'data digits\nload "c.attune"\nrun.epochs')
    done = int(said.split()[-1])
    assert 0 < done < 1000
    # What both have in common: a few epochs more than were done before the kill.
    goal = done + 3
    attune(
        tmp_path,
        f'data digits\ntrain resume=true checkpoint="c.attune" epochs=3\nexport run to="resumed.npz"\nexport history to="resumed.csv"')
    attune(tmp_path, f'{prepare}{train}\nexport history to="whole.csv"')
    whole, resumed = table(tmp_path / "whole.csv"), table(tmp_path / "resumed.csv")
    assert len(resumed) == goal and resumed == whole[:goal]


def test_the_trials_are_a_table_for_everyone(tmp_path):
    attune(
        tmp_path,
        "data iris\nspace\n    neurons in {4, 8}\n    learning_rate in log(1e-3..1e-1)\n    optimizer in {sgd, adam}\n"
        "    momentum in 0.0..0.9 when optimizer == sgd\n"
        'tune trials=6 epochs=3 pruner=median seed=2\nexport trials to="t.csv"\nexport trials to="t.json"\n'
        'export best to="best.onnx"\npredict test to="p.csv"')
    rows, trials = table(tmp_path / "t.csv"), json.loads((tmp_path / "t.json").read_text())
    assert [int(row["number"]) for row in rows] == [trial["number"] for trial in trials] == list(range(6))
    for row, trial in zip(rows, trials):
        assert row["state"] == trial["state"]
        assert float(row["value"]) == trial["value"]
        assert json.loads(row["intermediate"]) == trial["intermediate"]
        assert float(row["seconds"]) == trial["seconds"] > 0
        for name in ("neurons", "learning_rate", "optimizer", "momentum"):
            assert row[name] == str(trial["params"].get(name, "")), name
    best = min((trial for trial in trials if trial["state"] == "complete"), key=lambda trial: trial["value"])
    layer = next(t for t in onnx.load(tmp_path / "best.onnx").graph.initializer if t.name == "layers.0.weight")
    assert layer.dims[0] == best["params"]["neurons"]
    assert "exists" in attune(tmp_path, 'data iris\ntrain epochs=1\nexport run to="best.onnx"', fails=True)
