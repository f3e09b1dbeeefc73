"""COCO's bbob-mixint functions (four fifths of the variables are integers), 100 trials: the median rank of each sampler.

    python Tests/SearchBenchmarks/search_coco.py --samplers auto optuna:tpe optuna:gp optuna:cmaes hyperopt:tpe

Needs coco-experiment==2.8.2 beside what is compared.
"""
import argparse
import concurrent.futures

import numpy as np

import samplers


def run(job):
    import cocoex

    name, sampler_name, seed, trials, dimension = job
    suite = cocoex.Suite("bbob-mixint", "instances: 1", f"dimensions: {dimension}")
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


parser = argparse.ArgumentParser()
parser.add_argument("--samplers", nargs="+", default=["auto", "optuna:tpe"])
parser.add_argument("--seeds", type=int, default=3)
parser.add_argument("--trials", type=int, default=100)
parser.add_argument("--dimension", type=int, default=5)
parser.add_argument("--workers", type=int, default=2)
options = parser.parse_args()
import cocoex  # noqa: E402

names = cocoex.Suite("bbob-mixint", "instances: 1", f"dimensions: {options.dimension}").ids()
jobs = [(n, s, seed, options.trials, options.dimension) for n in names for s in options.samplers for seed in range(options.seeds)]
best = {}
with concurrent.futures.ProcessPoolExecutor(options.workers) as pool:
    for job, value in pool.map(run, jobs):
        best.setdefault((job[0], job[2]), {})[job[1]] = value
ranks = {s: [] for s in options.samplers}
for values in best.values():
    for s in options.samplers:
        ranks[s].append(1 + sum(v < values[s] for v in values.values()) + 0.5 * (sum(v == values[s] for v in values.values()) - 1))
for s in sorted(ranks, key=lambda s: np.mean(ranks[s])):
    print(f"{s:14} median rank {np.median(ranks[s]):.1f}, mean {np.mean(ranks[s]):.2f} over {len(ranks[s])} studies")
