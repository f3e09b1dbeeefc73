"""What other programs select from populations. Writes populations.json.

* Elites and crowding distances of Optuna 5.0.0's NSGA-II.
* Good and bad trials, and their budget, of HpBandSter 0.7.4, the BOHB authors' program.
* Upper and lower quantiles of Ray Tune 2.60's population-based training, and what it may make of a value.

    pip install optuna==5.0.0 hpbandster==0.7.4 "ray[tune]==2.60.0"
"""
import json
import math
import pathlib
import random
import types

import numpy as np
import optuna
from hpbandster.optimizers.config_generators import bohb
from optuna.samplers.nsgaii import _elite_population_selection_strategy as elite
from ray.tune.schedulers import pbt

optuna.logging.set_verbosity(optuna.logging.ERROR)


def text(value):
    return value if math.isfinite(value) else str(value)


def population(count, directions, constrained, seed):
    draw = random.Random(seed)
    study = optuna.create_study(directions=directions)
    trials = []
    for number in range(count):
        values = [draw.uniform(0, 1) for _ in directions]
        if draw.random() < 0.05:
            values[0] = math.inf if directions[0] == "minimize" else -math.inf
        violation = draw.choice([-1.0, -0.5, draw.random()]) if constrained else 0.0
        trial = optuna.trial.create_trial(
            values=values, system_attrs={"constraints": [violation]} if constrained else {})
        study.add_trial(trial)
        trials.append((values, violation))
    return study, trials


def elites():
    result = []
    for seed, (count, kept, directions, constrained) in enumerate([
        (30, 10, ["minimize", "minimize"], False), (40, 20, ["minimize", "maximize"], False),
        (60, 25, ["maximize", "minimize", "minimize"], False), (40, 15, ["minimize", "minimize"], True),
        (24, 8, ["minimize"], False), (50, 30, ["minimize", "maximize"], True),
    ]):
        study, trials = population(count, directions, constrained, seed)
        constraints = (lambda t: t.system_attrs["constraints"]) if constrained else None
        strategy = elite.NSGAIIElitePopulationSelectionStrategy(population_size=kept, constraints_func=constraints)
        chosen = strategy(study, study.get_trials())
        result.append({
            "directions": directions, "values": [[text(v) for v in values] for values, _ in trials],
            "violations": [v for _, v in trials], "count": kept, "elites": sorted(t.number for t in chosen),
        })
    return result


def crowding():
    result = []
    for seed in range(6):
        draw = random.Random(100 + seed)
        values = [[round(draw.uniform(0, 4), 1), float(draw.randint(0, 6)), 2.0][: 2 + seed % 2] for _ in range(12)]
        if seed >= 4:
            values[3][0], values[7][1] = math.inf, -math.inf
        # One value a column twice would leave the order of equals to the sort.
        for column in range(2):
            for row in range(12):
                values[row][column] += 1e-3 * row if math.isfinite(values[row][column]) else 0
        study = optuna.create_study(directions=["minimize"] * len(values[0]))
        for point in values:
            study.add_trial(optuna.trial.create_trial(values=point))
        distance = elite._calc_crowding_distance(study.get_trials())
        result.append({
            "values": [[text(v) for v in point] for point in values],
            "distance": [text(distance[number]) for number in range(12)],
        })
    return result


class Parameters:
    """As much of a ConfigSpace as the BOHB authors' program asks for."""

    def __init__(self, count):
        self.count = count

    def get_hyperparameters(self):
        return [types.SimpleNamespace() for _ in range(self.count)]


def splits():
    bohb.ConfigSpace.Configuration = lambda space, config: types.SimpleNamespace(get_array=lambda: np.array(config))
    result = []
    for seed, (count, dimensions) in enumerate([(4, 1), (12, 3), (8, 3), (40, 2), (120, 4), (30, 6), (200, 2)]):
        draw = random.Random(seed)
        generator = bohb.BOHB.__new__(bohb.BOHB)
        generator.logger = types.SimpleNamespace(debug=lambda *a: None, warning=lambda *a: None)
        bohb.BOHB.__init__(generator, Parameters(dimensions), logger=generator.logger)
        generator.impute_conditional_data = lambda array: array
        trials = []
        for number in range(count):
            reached = draw.choice([1, 3, 3, 9, 9, 27])
            losses = {b: round(draw.uniform(0, 1), 6) for b in (1, 3, 9, 27) if b <= reached}
            if draw.random() < 0.1:
                losses[reached] = math.nan
            trials.append(losses)
        # Kernels need some spread; the first coordinate is the trial's number, by which it is recognised.
        for budget in (1, 3, 9, 27):
            for number, losses in enumerate(trials):
                if budget in losses:
                    config = [float(number)] + [draw.random() for _ in range(dimensions - 1)]
                    job = types.SimpleNamespace(
                        exception=None, id=number, result={"loss": losses[budget]},
                        kwargs={"budget": budget, "config": config})
                    generator.new_result(job)
        budgets = sorted(generator.kde_models)
        model = generator.kde_models[budgets[-1]] if budgets else None
        result.append({
            "dimensions": dimensions, "trials": [[[s, text(v)] for s, v in t.items()] for t in trials],
            "budget": budgets[-1] if budgets else None,
            "good": sorted(int(v) for v in model["good"].data[:, 0]) if model else [],
            "bad": sorted(int(v) for v in model["bad"].data[:, 0]) if model else [],
        })
    return result


class Member:
    def __init__(self, number):
        self.number = number

    def is_finished(self):
        return False


def quantiles():
    result = []
    for seed, (count, share) in enumerate([(8, 0.25), (10, 0.25), (3, 0.5), (2, 0.25), (1, 0.25), (7, 0.2), (20, 0.1), (5, 0.4)]):
        draw = random.Random(seed)
        scores = [draw.uniform(0, 1) for _ in range(count)]
        members = [Member(number) for number in range(count)]
        scheduler = types.SimpleNamespace(
            _trial_state={m: types.SimpleNamespace(last_score=scores[m.number]) for m in members}, _quantile_fraction=share)
        low, high = pbt.PopulationBasedTraining._quantiles(scheduler)
        result.append({
            "scores": scores, "share": share, "best": sorted(m.number for m in high), "worst": sorted(m.number for m in low)})
    return result


def explored():
    """The values that a float, and an ordered list's member, may become where it is not drawn anew."""
    options = [16, 32, 64, 128]
    result = []
    for value in (0.5, 3.0):
        found = {pbt._explore({"x": value}, {"x": lambda: -1.0}, 0.0, (1.2, 0.8), None)[0]["x"] for _ in range(100)}
        result.append({"value": value, "becomes": sorted(found)})
    for value in options:
        found = {pbt._explore({"x": value}, {"x": options}, 0.0, (1.2, 0.8), None)[0]["x"] for _ in range(100)}
        result.append({"options": options, "value": value, "becomes": sorted(found)})
    return result


random.seed(0)
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps({
    "elites": elites(), "crowding": crowding(), "splits": splits(), "quantiles": quantiles(), "explored": explored()}))
