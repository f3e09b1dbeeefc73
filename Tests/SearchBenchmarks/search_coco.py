"""COCO's bbob-mixint functions (four fifths of the variables are integers): each sampler's rank by the best value after 100 trials.

    python Tests/SearchBenchmarks/search_coco.py --samplers auto optuna:tpe optuna:gp optuna:cmaes hyperopt:tpe --keep coco.json

Needs coco-experiment==2.8.2 beside what is compared. What stands in the file kept is not run again, so a slow sampler is run
once, and in parts. Instance 1 is for judging; what is developed here is developed on another (--instance 2).
"""
import argparse
import concurrent.futures
import json
import pathlib

import numpy as np

import samplers


def run(job):
    import cocoex

    name, sampler_name, seed, trials = job
    suite = cocoex.Suite("bbob-mixint", "", "")
    problem = suite.get_problem(name)
    integers = problem.number_of_integer_variables
    space = []
    for i in range(problem.dimension):
        low, high = problem.lower_bounds[i], problem.upper_bounds[i]
        kind = {"type": "int", "low": int(low), "high": int(high)} if i < integers else {
            "type": "float", "low": float(low), "high": float(high)}
        space.append(dict(kind, name=f"x{i}"))
    sampler = samplers.make(sampler_name, space, seed, trials)
    best = np.inf
    for _ in range(trials):
        params = sampler.ask()
        loss = float(problem([float(params[p["name"]]) for p in space]))
        sampler.tell(loss)
        best = min(best, loss)
    sampler.close()
    return job, best


def key(job):
    return " ".join(map(str, job))


def table(options, names, best):
    """Ranks over the studies that all samplers have run, ties sharing their places."""
    ranks = {s: [] for s in options.samplers}
    by_function = {s: [] for s in options.samplers}
    for name in names:
        rows = []
        for seed in range(options.seeds):
            values = [best.get(key((name, s, seed, options.trials))) for s in options.samplers]
            if None not in values:
                rows.append([1 + sum(w < v for w in values) + (sum(w == v for w in values) - 1) / 2 for v in values])
        for place, s in enumerate(options.samplers):
            ranks[s] += [row[place] for row in rows]
            if rows:
                by_function[s].append(np.mean([row[place] for row in rows]))
    for s in sorted(ranks, key=lambda s: np.mean(ranks[s])):
        first = np.mean([r == 1 for r in ranks[s]])
        print(f"{s:14} median rank {np.median(ranks[s]):.1f}, mean {np.mean(ranks[s]):.2f} over {len(ranks[s])} studies,"
              f" first in {first:.0%}; by function " + " ".join(f"{r:.1f}" for r in by_function[s]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--samplers", nargs="+", default=["auto", "optuna:tpe"])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--dimension", type=int, default=5)
    parser.add_argument("--instance", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=pathlib.Path, help="a file of results, read and added to")
    options = parser.parse_args()
    import cocoex

    names = list(cocoex.Suite("bbob-mixint", f"instances: {options.instance}", f"dimensions: {options.dimension}").ids())
    best = json.loads(options.keep.read_text()) if options.keep and options.keep.exists() else {}
    jobs = [(n, s, seed, options.trials) for seed in range(options.seeds) for s in options.samplers for n in names]
    jobs = [job for job in jobs if key(job) not in best]
    with concurrent.futures.ProcessPoolExecutor(options.workers) as pool:
        for job, value in pool.map(run, jobs):
            best[key(job)] = value
            if options.keep:
                options.keep.write_text(json.dumps(best, indent=0))
    table(options, names, best)


if __name__ == "__main__":
    main()
