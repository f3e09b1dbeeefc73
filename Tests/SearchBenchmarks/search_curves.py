"""What pruning loses and saves over a surrogate of recorded learning curves: hundreds of studies in the time of one real training.

    swift build -c release --product SearchServer
    python Tests/SearchBenchmarks/search_curves.py --samplers auto tpe --pruners none asha "asha(min_resource=2, factor=2)"

curves.csv has the validation accuracy of 400 random configurations, 27 epochs each, on 12,000 rows of Fashion-MNIST (the space of
search_pruning.py). Gaussian processes over the curves' principal components give any configuration's curve; the noise added is that
of real trainings with different seeds: independent from epoch to epoch, of standard deviation 0.013 at the first and 0.005 from the
seventh on. What a study found is judged by its best configuration's curve without noise. Needs numpy and scikit-learn.
"""
import argparse
import concurrent.futures
import csv
import pathlib
import warnings

import numpy as np

import samplers

EPOCHS = 27
SPACE = [
    {"name": "layers", "type": "int", "low": 1, "high": 3},
    {"name": "neurons", "type": "set", "choices": [32, 64, 128, 256], "ordered": True},
    {"name": "learning_rate", "type": "float", "low": 1e-5, "high": 1.0, "log": True},
    {"name": "batch_size", "type": "set", "choices": [32, 64, 128, 256], "ordered": True},
    {"name": "dropout", "type": "float", "low": 0.0, "high": 0.5, "step": 0.1},
]
NOISE = np.interp(np.arange(1, EPOCHS + 1), [1, 2, 3, 4, 5, 7, 10, 27], [0.0127, 0.0095, 0.0088, 0.008, 0.007, 0.0052, 0.005, 0.0045])
NOISE_OF_A_RUN = 0.0013


def place(p):
    """A configuration in the unit cube."""
    return [(float(p["layers"]) - 1) / 2, (np.log2(float(p["neurons"])) - 5) / 3, (np.log10(float(p["learning_rate"])) + 5) / 5,
            (np.log2(float(p["batch_size"])) - 5) / 3, float(p["dropout"]) / 0.5]


class Curves:
    """The expected validation accuracies of a configuration."""

    def __init__(self, components=4):
        from sklearn.gaussian_process import GaussianProcessRegressor
        from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

        warnings.simplefilter("ignore")
        rows = list(csv.DictReader(open(pathlib.Path(__file__).with_name("curves.csv"))))
        accuracies = np.clip([[float(row[f"epoch_{i}"]) for i in range(1, EPOCHS + 1)] for row in rows], 0.05, 0.99)
        logits = np.log(accuracies / (1 - accuracies))
        self.mean = logits.mean(axis=0)
        self.components = np.linalg.svd(logits - self.mean, full_matrices=False)[2][:components]
        places = np.array([place(row) for row in rows])
        kernel = ConstantKernel() * Matern([0.5] * len(SPACE), nu=2.5) + WhiteKernel(0.05)
        self.processes = [
            GaussianProcessRegressor(kernel, normalize_y=True, random_state=0).fit(places, (logits - self.mean) @ component)
            for component in self.components]

    def __call__(self, params):
        scores = np.array([process.predict([place(params)])[0] for process in self.processes])
        return 1 / (1 + np.exp(-(scores @ self.components + self.mean)))


def study(job):
    """What the best trial's configuration is worth, and the share of the epochs that was trained."""
    sampler_name, pruner, seed, trials = job
    random = np.random.default_rng(1000 + seed)
    more = {} if pruner == "none" else {"pruner": pruner, "steps": EPOCHS}
    sampler = samplers.Attune(SPACE, sampler_name, seed, trials, direction="maximize", **more)
    spent, best, worth = 0, -1.0, None
    for _ in range(trials):
        truth = CURVES(sampler.ask())
        seen = truth + NOISE_OF_A_RUN * random.normal() + NOISE * random.normal(size=EPOCHS)
        for epoch in range(1, EPOCHS + 1):
            spent += 1
            if sampler.report(epoch, float(seen[epoch - 1])) and epoch < EPOCHS:
                sampler.give_up()
                break
        else:
            sampler.tell(float(seen[-1]))
            if seen[-1] > best:
                best, worth = seen[-1], truth[-1]
    sampler.close()
    return worth, spent / (trials * EPOCHS)


def prepare():
    global CURVES
    CURVES = Curves()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--samplers", nargs="+", default=["auto", "tpe"])
    parser.add_argument("--pruners", nargs="+", default=["none", "asha", "asha(min_resource=2, factor=2)"])
    parser.add_argument("--seeds", type=int, default=120)
    parser.add_argument("--trials", type=int, default=30)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with concurrent.futures.ProcessPoolExecutor(options.workers, initializer=prepare) as pool:
        for sampler in options.samplers:
            for pruner in options.pruners:
                jobs = [(sampler, pruner, seed, options.trials) for seed in range(options.seeds)]
                worth, spent = np.array(list(pool.map(study, jobs))).T
                error = worth.std(ddof=1) / len(worth) ** 0.5
                print(f"{sampler:5} {pruner:34} found {worth.mean():.4f}±{error:.4f}, {spent.mean():.3f} of the epochs"
                      f" (from {spent.min():.2f} to {spent.max():.2f})", flush=True)


if __name__ == "__main__":
    main()
