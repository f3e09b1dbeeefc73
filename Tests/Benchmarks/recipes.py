"""Recipes for tables: `network plain`, `network best` and what is typed, beside scikit-learn's MLP, on the tables for developing.

    ATTUNE=build/installed/bin/attune python Tests/Benchmarks/recipes.py [--tables vehicle ames] [--seeds 3]
        [--recipe "mine: standardize=robust / network hidden=[64] / train epochs=100"] [--alone]

A recipe is what follows `data csv(...)`, the `network` line and the `train` line, between slashes. Each seed draws a test part of
a fifth; all get the same files, and the error on the test part (log loss, or 1 - r2) is divided by `plain`'s. Needs what tables.py
needs. CPU time is the processes' own, on one core.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np

from tables import TABLES as OTHERS
from tables import attune, keel, modeldata, score, theirs


def plain(name):
    """KEEL's classes end in blanks."""
    table = keel(name)
    return table.assign(**{table.columns[-1]: table.iloc[:, -1].astype(str).str.strip()})


TABLES = {
    "vehicle": (None, "classification", lambda: plain("vehicle")),
    "satimage": (None, "classification", lambda: plain("satimage")),
    "spambase": (None, "classification", lambda: plain("spambase")),
    "splice": (None, "classification", lambda: plain("splice")),
    "letter": (None, "classification", lambda: plain("letter")),
    "diamonds": ("price", "regression", lambda: modeldata("diamonds", "ggplot2")),
} | {name: OTHERS[name] for name in ("ames", "concrete", "boston", "mlc_churn", "credit_data", "titanic")}

RECIPES = {"plain": "/ network plain / train", "best": "/ network best / train"}


def ours(folder, recipe, target, task, seed):
    data, network, train = (part.strip() for part in recipe.split("/"))
    cells = (
        f'data csv("train.csv", target="{target}") test=0 task={task} seed={seed} {data}\n{network}\n{train} seed={seed}\n'
        'predict csv("test.csv") to="p.csv" replace=true\n')
    return attune(folder, cells)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tables", nargs="*", default=list(TABLES))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=10_000, help="of a table, at most")
    parser.add_argument("--recipe", action="append", default=[], help="name: data words / network line / train line")
    parser.add_argument("--alone", action="store_true", help="without scikit-learn")
    options = parser.parse_args()
    typed = dict(recipe.split(":", 1) for recipe in options.recipe)
    recipes = typed or RECIPES
    names = list(recipes) + ([] if options.alone else ["scikit-learn"])
    print("| table | " + " | ".join(f"{name} | CPU s" for name in names) + " |")
    print("|---|" + "---|---|" * len(names))
    relative = {name: [] for name in names}
    for name in options.tables:
        target, task, load = TABLES[name]
        table = load().reset_index(drop=True)
        target = target or table.columns[-1]
        errors = {name: [] for name in names}
        seconds = dict.fromkeys(names, 0.0)
        for seed in range(options.seeds):
            order = np.random.default_rng(seed).permutation(len(table))[:options.rows]
            cut = len(order) // 5
            test, train = table.iloc[order[:cut]], table.iloc[order[cut:]]
            with tempfile.TemporaryDirectory() as place:
                folder = Path(place)
                train.to_csv(folder / "train.csv", index=False)
                test.to_csv(folder / "test.csv", index=False)
                for recipe, text in recipes.items():
                    seconds[recipe] += ours(folder, text, target, task, seed)
                    value = score(folder, task, "p.csv", test, target)
                    errors[recipe].append(1 - value if task == "regression" else value)
            if not options.alone:
                value, used = theirs(train, test, target, task, seed, False)
                errors["scikit-learn"].append(1 - value if task == "regression" else value)
                seconds["scikit-learn"] += used
        means = {name: np.mean(errors[name]) for name in names}
        for recipe in names:
            relative[recipe].append(means[recipe] / means[names[0]])
        print(f"| {name} | " + " | ".join(f"{means[n]:.4f} | {seconds[n] / options.seeds:.1f}" for n in names) + " |", flush=True)
    print("| of the first, geometric mean | " + " | ".join(f"{np.exp(np.mean(np.log(relative[n]))):.3f} | " for n in names) + " |")


if __name__ == "__main__":
    main()
