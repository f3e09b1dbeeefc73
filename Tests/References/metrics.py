"""Metrics of random, tied and degenerate scores by scikit-learn: metrics.json."""

import json
import pathlib
import warnings

import numpy as np
import sklearn.metrics as m
from sklearn.preprocessing import label_binarize

warnings.simplefilter("ignore")


def ece(probability, truth, bins, w=None):
    """C. Guo and others, 2017: bins of equal width, closed above."""
    w = np.ones(len(probability)) if w is None else w
    place = np.clip(np.ceil(probability * bins).astype(int) - 1, 0, bins - 1)
    total = 0.0
    for b in range(bins):
        rows = place == b
        if w[rows].sum() > 0:
            means = [np.average(values[rows], weights=w[rows]) for values in (truth, probability)]
            total += w[rows].sum() * abs(means[0] - means[1])
    return total / w.sum()


def two(p, y, positive, w=None):
    """A lone output: p is the second class's probability."""
    p = p.astype(np.float64)
    guess = (p > 0.5).astype(int)
    q = p if positive == 1 else 1 - p
    t = (y == positive).astype(int)
    both = np.stack([1 - p, p], axis=1)
    eps = np.finfo(np.float32).eps
    return common(guess, y, w) | {
        "precision": m.precision_score(y, guess, pos_label=positive, zero_division=0, sample_weight=w),
        "recall": m.recall_score(y, guess, pos_label=positive, zero_division=0, sample_weight=w),
        "f1": m.f1_score(y, guess, pos_label=positive, zero_division=0, sample_weight=w),
        "auc": m.roc_auc_score(t, q, sample_weight=w) if len(set(t)) == 2 else None,
        "average_precision": m.average_precision_score(t, q, sample_weight=w),
        "log_loss": m.log_loss(y, np.clip(both, eps, 1 - eps), labels=[0, 1], sample_weight=w),
        "brier": m.brier_score_loss(t, q, pos_label=1, sample_weight=w),
        "ece": ece(q, t, 15, w),
        "ece(bins=4)": ece(q, t, 4, w),
    }


def many(p, y, w=None):
    p = p.astype(np.float64)
    k = p.shape[1]
    guess = p.argmax(axis=1)
    eps = np.finfo(np.float32).eps
    onehot = label_binarize(y, classes=range(k))
    areas = [m.roc_auc_score(onehot[:, c], p[:, c], sample_weight=w) for c in range(k) if 0 < onehot[:, c].sum() < len(y)]
    labels = sorted(set(y) | set(guess))
    return common(guess, y, w) | {
        "precision": m.precision_score(y, guess, labels=labels, average="macro", zero_division=0, sample_weight=w),
        "recall": m.recall_score(y, guess, labels=labels, average="macro", zero_division=0, sample_weight=w),
        "f1": m.f1_score(y, guess, labels=labels, average="macro", zero_division=0, sample_weight=w),
        "auc": np.mean(areas) if areas else None,
        "average_precision": m.average_precision_score(onehot, p, average="macro", sample_weight=w),
        "log_loss": np.average(-np.log(np.clip(p[np.arange(len(y)), y], eps, 1 - eps)), weights=w),
        "brier": np.average(((p - onehot) ** 2).sum(axis=1), weights=w),
        "ece": ece(p.max(axis=1), guess == y, 15, w),
        "ece(bins=4)": ece(p.max(axis=1), guess == y, 4, w),
    }


def common(guess, y, w=None):
    return {
        "accuracy": m.accuracy_score(y, guess, sample_weight=w),
        "macro_f1": m.f1_score(y, guess, average="macro", zero_division=0, sample_weight=w),
        "weighted_f1": m.f1_score(y, guess, average="weighted", zero_division=0, sample_weight=w),
        "balanced_accuracy": m.balanced_accuracy_score(y, guess, sample_weight=w),
        "mcc": m.matthews_corrcoef(y, guess, sample_weight=w),
    }


def numbers(o, y, w=None):
    o, y = o.astype(np.float64), y.astype(np.float64)
    return {
        "mae": m.mean_absolute_error(y, o, sample_weight=w),
        "mse": m.mean_squared_error(y, o, sample_weight=w),
        "rmse": m.root_mean_squared_error(y, o, sample_weight=w),
        "mape": m.mean_absolute_percentage_error(y, o, sample_weight=w),
        "median_absolute_error": m.median_absolute_error(y, o, sample_weight=w),
        "r2": m.r2_score(y, o, sample_weight=w) if y.ndim > 1 or len(set(y)) > 1 else None,
    }


rng = np.random.default_rng(3)
cases = []


def add(name, outputs, width, targets, expected, classes=0, positive=1, weights=()):
    cases.append({
        "name": name, "outputs": [float(v) for v in np.asarray(outputs, np.float32).ravel()], "width": width,
        "targets": [float(v) for v in targets], "classes": classes, "positive": positive,
        "weights": [float(w) for w in weights],
        "expected": {key: None if value is None else float(value) for key, value in expected.items()},
    })


shapes = {
    "random": (rng.random(200), (rng.random(200) < 0.3).astype(int)),
    "tied": (np.round(rng.random(120), 1), (rng.random(120) < 0.5).astype(int)),
    "all of the first class": (rng.random(30), np.zeros(30, int)),
    "all of the second class": (rng.random(30), np.ones(30, int)),
    "never predicted": (0.4 * rng.random(40), (rng.random(40) < 0.2).astype(int)),
    "certain and right": (np.array([0.0, 1, 0, 1]), np.array([0, 1, 0, 1])),
    "certain and wrong": (np.array([0.0, 1, 0, 1]), np.array([1, 0, 0, 1])),
    "constant": (np.full(20, 0.3), (rng.random(20) < 0.5).astype(int)),
}
for name, (p, y) in shapes.items():
    p = p.astype(np.float32)
    for positive in [0, 1]:
        add(f"two classes, {name}, positive {positive}", p, 1, y, two(p, y, positive), 2, positive)
        # The same with an output for each class, as a softmax gives them.
        q = np.stack([(1 - p.astype(np.float64)).astype(np.float32), p], axis=1)
        add(f"two outputs, {name}, positive {positive}", q, 2, y, two(p, y, positive), 2, positive)

for name, rows, kept in [("random", 300, [0, 1, 2, 3]), ("a class absent", 60, [0, 1, 3]), ("one class", 25, [2])]:
    logits = rng.normal(size=(rows, 4))
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    y = rng.choice(kept, size=rows)
    p[np.arange(rows), y] += 0.5
    p = (p / p.sum(axis=1, keepdims=True)).astype(np.float32)
    add(f"four classes, {name}", p, 4, y, many(p, y), 4)

for name, o, y in [
    ("random", rng.normal(size=51) * 3 + 10, rng.normal(size=51) * 3 + 10),
    ("an even number of rows", rng.normal(size=20), rng.normal(size=20)),
    ("a zero among the targets", np.array([1.0, 2, 3]), np.array([0.0, 2, 4])),
    ("a constant target", np.array([1.0, 2, 3]), np.array([2.0, 2, 2])),
]:
    o, y = o.astype(np.float32), y.astype(np.float32)
    add(f"numbers, {name}", o, 1, y, numbers(o, y))

# Two numbers per row, in very different units.
o, y = (rng.normal(size=(40, 2)) * [1, 50] + [0, 200] for _ in range(2))
o, y = o.astype(np.float32), y.astype(np.float32)
add("two numbers per row", o, 2, y.ravel(), numbers(o, y))

# Weighted rows, some of no weight: scikit-learn's sample_weight.
for name, (p, y) in list(shapes.items()):
    p = p.astype(np.float32)
    w = rng.integers(0, 4, size=len(y)) * 0.5
    w[:1] = 1.5
    for positive in [0, 1]:
        try:
            add(f"weighted, two classes, {name}, positive {positive}", p, 1, y, two(p, y, positive, w), 2, positive, w)
        except ValueError:
            continue  # scikit-learn refuses it: all of one side have no weight

logits = rng.normal(size=(150, 4))
p = (np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)).astype(np.float32)
y, w = rng.integers(0, 4, size=150), rng.random(150)
add("weighted, four classes", p, 4, y, many(p, y, w), 4, weights=w)

o, y, w = rng.normal(size=31) * 3 + 10, rng.normal(size=31) * 3 + 10, rng.integers(0, 4, size=31)
o, y = o.astype(np.float32), y.astype(np.float32)
add("weighted, numbers", o, 1, y, numbers(o, y, w), weights=w)
o, y = (rng.normal(size=(40, 2)).astype(np.float32) for _ in range(2))
w = rng.random(40)
add("weighted, two numbers per row", o, 2, y.ravel(), numbers(o, y, w), weights=w)

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
