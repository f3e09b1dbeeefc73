"""ROC, precision-recall and calibration curves, permutation importance and a decision border by scikit-learn: judging.json."""

import json
import pathlib
import warnings

import numpy as np
from sklearn import metrics as m
from sklearn.calibration import calibration_curve
from sklearn.datasets import load_iris
from sklearn.neural_network import MLPClassifier

warnings.simplefilter("ignore")


def curves(name, p, y, w=None):
    """One class against the rest: p is its probability, in single precision as a network gives it."""
    p = np.asarray(p, np.float32)
    x, t, _ = m.roc_curve(y, p, sample_weight=w, drop_intermediate=False)
    precision, recall, _ = m.precision_recall_curve(y, p, sample_weight=w)
    case = {
        "name": name, "outputs": p.tolist(), "targets": [int(v) for v in y],
        "weights": [] if w is None else list(map(float, w)), "false": x.tolist(), "true": t.tolist(),
        "auc": m.auc(x, t), "precision": precision.tolist(), "recall": recall.tolist(),
        "average": m.average_precision_score(y, p, sample_weight=w), "brier": m.brier_score_loss(y, p, sample_weight=w),
    }
    if w is None:
        for bins in (5, 15):
            true, mean = calibration_curve(y, p.astype(np.float64), n_bins=bins)
            case[f"bins{bins}"] = {"actual": true.tolist(), "predicted": mean.tolist()}
    return case


def network():
    """A small network on iris, its permutation importance with fixed orders, and its probabilities on a grid."""
    data = load_iris()
    x, y = data.data.astype(np.float32), data.target
    net = MLPClassifier((6,), random_state=1, max_iter=400).fit(x, y)
    r = np.random.default_rng(7)
    orders = [[r.permutation(len(x)).tolist() for _ in range(3)] for _ in range(4)]
    importance = {}
    for metric, score in (
        ("accuracy", lambda q: m.accuracy_score(y, net.predict(q))),
        ("log_loss", lambda q: -m.log_loss(y, net.predict_proba(q))),
    ):
        whole = score(x)
        importance[metric] = []
        for column in range(4):
            drops = []
            for order in orders[column]:
                shuffled = x.copy()
                shuffled[:, column] = x[order, column]
                drops.append(whole - score(shuffled))
            importance[metric].append({"drops": drops, "mean": np.mean(drops), "deviation": np.std(drops)})
    xs, ys = np.linspace(1, 7, 7), np.linspace(0, 2.5, 6)
    grid = np.tile(x.mean(axis=0), (len(xs) * len(ys), 1))
    grid[:, 2], grid[:, 3] = np.tile(xs, len(ys)), np.repeat(ys, len(xs))
    return {
        "features": x.ravel().tolist(), "targets": y.tolist(), "hidden": 6,
        "weights": [w.T.ravel().tolist() for w in net.coefs_], "biases": [b.tolist() for b in net.intercepts_],
        "orders": orders, "importance": importance, "xs": xs.tolist(), "ys": ys.tolist(),
        "grid": net.predict_proba(grid).tolist(),
    }


def main():
    r = np.random.default_rng(3)
    y = r.integers(0, 2, 60)
    p = np.clip(0.3 * y + 0.7 * r.random(60), 0, 1)
    weights = r.random(60) * 3
    cases = [
        curves("random", p, y), curves("weighted", p, y, weights), curves("tied", np.round(p, 1), y),
        curves("certain", (p > 0.5).astype(float), y), curves("two rows", [0.2, 0.9], [1, 0]),
        curves("all tied", np.full(60, 0.25), y),
    ]
    target = pathlib.Path(__file__).with_suffix(".json")
    target.write_text(json.dumps({"curves": cases, "network": network()}))


main()
