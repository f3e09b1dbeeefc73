"""Spaces with conditions whose parameters depend on each other across them: the mean of the best value after 25, 50, 100 trials.

    swift build -c release --product SearchServer
    python Tests/SearchBenchmarks/search_conditional.py --samplers tpe optuna --seeds 40

`optimizers`: the momentum that goes with a rate, and the decay that goes with another optimizer's; `layers`: each of one to three
widths should be half the one before; `apart`: two conditions that have nothing to do with each other. All are to be minimised, 0
at best. `optuna` is its TPE as it comes. Needs numpy, and optuna==5.0.0 to compare with.
"""
import argparse
import concurrent.futures
import math

import numpy as np

import samplers

RATE = {"name": "rate", "type": "float", "low": 1e-5, "high": 1.0, "log": True}


def width(i):
    choices = list(range(i + 1, 4))
    more = {"when": {"name": "layers", "in": choices}} if i else {}
    return {"name": f"hidden{i}", "type": "int", "low": 8, "high": 512, "log": True, **more}


def optimizers(p):
    rate = math.log10(p["rate"])
    if p["optimizer"] == "sgd":
        # Momentum makes steps 1 / (1 - m) times as long.
        return (rate - math.log10(1 - p["momentum"]) + 1) ** 2 + 0.3 * (p["momentum"] - 0.9) ** 2
    return 0.1 + (rate + 3) ** 2 + (math.log10(p["decay"]) - rate + 1) ** 2 / 4


def layers(p):
    widths = [math.log2(p[f"hidden{i}"]) for i in range(p["layers"])]
    return (3 - len(widths)) * 0.5 + 0.05 * (widths[0] - 8) ** 2 + sum((a - b - 1) ** 2 for a, b in zip(widths, widths[1:]))


def apart(p):
    loss = (math.log10(p["rate"]) + 2) ** 2
    loss += (p["momentum"] - 0.8) ** 2 if p["optimizer"] == "sgd" else 0.2
    return loss + (abs(p["factor"] - 0.3) if p["schedule"] == "step" else 0.1)


def chosen(name, *choices):
    return {"name": name, "type": "set", "choices": list(choices)}


def number(name, low, high, when, value, log=False):
    return {"name": name, "type": "float", "low": low, "high": high, "log": log, "when": {"name": when, "in": [value]}}


PROBLEMS = {
    "optimizers": (optimizers, [
        RATE, chosen("optimizer", "sgd", "adam"), number("momentum", 0.0, 0.99, "optimizer", "sgd"),
        number("decay", 1e-7, 1e-1, "optimizer", "adam", True)]),
    "layers": (layers, [{"name": "layers", "type": "int", "low": 1, "high": 3}, *map(width, range(3))]),
    "apart": (apart, [
        RATE, chosen("optimizer", "sgd", "adam"), chosen("schedule", "step", "constant"),
        number("momentum", 0.0, 0.99, "optimizer", "sgd"), number("factor", 0.1, 0.9, "schedule", "step")]),
}


class Optuna:
    def __init__(self, space, seed):
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self.space = space
        self.study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))

    def ask(self):
        self.trial = self.study.ask()
        params = {}
        for p in self.space:
            if "when" in p and params.get(p["when"]["name"]) not in p["when"]["in"]:
                continue
            distribution = samplers.Optuna.distribution(p)
            params[p["name"]] = self.trial._suggest(p["name"], distribution)
        return params

    def tell(self, loss):
        self.study.tell(self.trial, loss)

    def close(self):
        pass


def run(job):
    problem, name, seed, trials = job
    function, space = PROBLEMS[problem]
    sampler = Optuna(space, seed) if name == "optuna" else samplers.Attune(space, name, seed, trials)
    losses = []
    for _ in range(trials):
        losses.append(function(sampler.ask()))
        sampler.tell(losses[-1])
    sampler.close()
    return np.minimum.accumulate(losses)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--samplers", nargs="+", default=["tpe", "optuna"])
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    marks = [m for m in (25, 50, 100) if m <= options.trials]
    with concurrent.futures.ProcessPoolExecutor(options.workers) as pool:
        for problem in PROBLEMS:
            for name in options.samplers:
                best = np.array(list(pool.map(run, [(problem, name, s, options.trials) for s in range(options.seeds)])))
                best = best[:, [m - 1 for m in marks]]
                mean, error = best.mean(axis=0), best.std(axis=0, ddof=1) / len(best) ** 0.5
                print(f"{problem:10} {name:8}", " ".join(f"@{m} {v:.4f}±{e:.4f}" for m, v, e in zip(marks, mean, error)), flush=True)


if __name__ == "__main__":
    main()
