"""Optuna 5.0.0's TPE: whole runs under a seed, splits, and densities of its estimators. Writes tpe.json.

NumPy's default sort is not stable and depends on the processor; the runs are made with a stable one.
"""
import json
import pathlib
import random

import numpy as np
import optuna
from optuna.samplers._tpe import parzen_estimator, sampler as tpe
from optuna.trial import TrialState, create_trial

from spaces import SPACES, bowl, spaces_as_json

optuna.logging.set_verbosity(optuna.logging.ERROR)


class StableNumpy:
    def __getattr__(self, name):
        return getattr(np, name)

    @staticmethod
    def argsort(values):
        return np.argsort(values, kind="stable")


parzen_estimator.np = StableNumpy()


def run(space, seed, direction, count):
    sampler = optuna.samplers.TPESampler(seed=seed)
    study = optuna.create_study(sampler=sampler, direction=direction)
    sign = 1 if direction == "minimize" else -1
    for _ in range(count):
        trial = study.ask(SPACES[space])
        study.tell(trial, sign * bowl(trial.params))
    return {
        "space": space, "seed": seed, "direction": direction,
        "params": [t.params for t in study.trials], "values": [t.value for t in study.trials],
    }


def hyperband(seed, count):
    """A run under hyperband: the sampler sees the trials of its own bracket, as Optuna documents.

    (5.0.0's TPE asks the bracket's study by a private method that forgets the bracket; here it is led back to the public one.)
    """
    made = optuna.pruners.HyperbandPruner._create_bracket_study

    def bracket_study(self, study, bracket):
        found = made(self, study, bracket)
        type(found)._get_trials = lambda own, deepcopy=True, states=None, use_cache=False: [
            t for t in own._study._storage.get_all_trials(own._study_id, deepcopy=False)
            if (states is None or t.state in states) and self._get_bracket_id(own, t) == bracket
        ]
        return found

    optuna.pruners.HyperbandPruner._create_bracket_study = bracket_study
    pruner = optuna.pruners.HyperbandPruner(min_resource=1, max_resource=9, reduction_factor=3)
    study = optuna.create_study(
        study_name="curves", sampler=optuna.samplers.TPESampler(seed=seed), pruner=pruner)
    trials = []
    for _ in range(count):
        trial = study.ask(SPACES["continuous"])
        reports = []
        for step in range(1, 10):
            reports.append(bowl(trial.params) + 1 / step)
            trial.report(reports[-1], step)
            if trial.should_prune():
                break
        is_pruned = len(reports) < 9
        study.tell(trial, None if is_pruned else reports[-1], state=TrialState.PRUNED if is_pruned else TrialState.COMPLETE)
        trials.append({"params": trial.params, "reports": reports, "pruned": is_pruned})
    optuna.pruners.HyperbandPruner._create_bracket_study = made
    return {"seed": seed, "trials": trials}


def history(count, seed):
    """Trials of every state, with ties, infinities, NaN reports and broken constraints."""
    draw = random.Random(seed)
    trials = []
    for number in range(count):
        params = {
            "rate": 10 ** draw.uniform(-5, 0), "width": 16 * draw.randint(1, 16), "kind": draw.choice("abc"),
            "share": draw.randint(0, 5) * 0.1, "shift": draw.uniform(-3, 2), "size": draw.randint(1, 200),
        }
        kind = draw.random()
        reports = {step: round(bowl(params) + 1 / step, 2) for step in range(1, draw.randint(1, 6))}
        violation = draw.choice([0.0, 0.0, 0.0, -1.0, 0.5, draw.random()])
        state, value = TrialState.COMPLETE, round(bowl(params), 1)
        if kind < 0.25:
            state, value = TrialState.PRUNED, None
            if reports and draw.random() < 0.2:
                reports[max(reports)] = float("nan")
        elif kind < 0.3:
            state, value = TrialState.FAIL, None
        elif kind < 0.35:
            value = float("inf")
        elif kind < 0.4:
            state, value = TrialState.RUNNING, None
        trials.append((state, value, params, reports, violation))
    return trials


def as_trial(entry):
    state, value, params, reports, violation = entry
    system = {} if state in (TrialState.RUNNING, TrialState.FAIL) else {"constraints": [violation]}
    return create_trial(
        state=state, value=value, params=params, distributions=SPACES["mixed"], intermediate_values=reports,
        system_attrs=system)


def text(value):
    return value if value is None or np.isfinite(value) else str(value)


def split(count, seed, direction):
    study = optuna.create_study(direction=direction)
    entries = history(count, seed)
    for entry in entries:
        study.add_trial(as_trial(entry))
    trials = [t for t in study.trials if t.state != TrialState.FAIL]
    finished = sum(t.state != TrialState.RUNNING for t in trials)
    below, above = tpe._split_trials(study, trials, tpe.default_gamma(finished))
    return {
        "direction": direction,
        "history": [
            {
                "state": t.state.name, "value": text(t.value), "params": t.params,
                "reports": [[s, text(v)] for s, v in sorted(t.intermediate_values.items())],
                "violations": list(t.constraints.values()),
            }
            for t in study.trials
        ],
        "below": [t.number for t in below], "above": [t.number for t in above],
    }


def multi_split(count, seed, objectives):
    draw = random.Random(seed)
    directions = ["minimize", "maximize", "minimize"][:objectives]
    study = optuna.create_study(directions=directions)
    values = [[round(draw.gauss(0, 1), 1) for _ in range(objectives)] for _ in range(count)]
    for value in values:
        study.add_trial(create_trial(values=value))
    below, _ = tpe._split_trials(study, study.trials, tpe.default_gamma_multiobjective(count))
    return {"directions": directions, "values": values, "below": [t.number for t in below]}


def densities(space, observed, seed):
    draw = random.Random(seed)
    distributions = dict(sorted(SPACES[space].items()))
    sampler = optuna.samplers.RandomSampler(seed=seed)
    study = optuna.create_study(sampler=sampler)
    points = [study.ask(distributions).params for _ in range(observed + 40)]
    internal = [{n: d.to_internal_repr(p[n]) for n, d in distributions.items()} for p in points]
    columns = {n: np.array([p[n] for p in internal], dtype=float) for n in distributions}
    estimator = parzen_estimator._ParzenEstimator(
        {n: c[:observed] for n, c in columns.items()}, distributions,
        parzen_estimator._ParzenEstimatorParameters(1.0, True, False, tpe.default_weights, True))
    at = {n: c[observed:] for n, c in columns.items()}
    mixture = estimator._mixture_distribution
    return {
        "space": space, "names": list(distributions), "observed": [c[:observed].tolist() for c in columns.values()],
        "at": [c.tolist() for c in at.values()], "log_density": estimator.log_pdf(at).tolist(),
        "weights": mixture.weights.tolist(),
        "widths": [d.sigma.tolist() if hasattr(d, "sigma") else None for d in mixture.distributions],
    }


result = {
    "spaces": spaces_as_json(),
    "runs": [run(s, seed, d, 60) for s in SPACES for seed in (0, 1) for d in ("minimize", "maximize")],
    "hyperband": [hyperband(seed, 70) for seed in (0, 1)],
    "splits": [split(n, seed, d) for n, seed in ((5, 1), (40, 2), (300, 3)) for d in ("minimize", "maximize")],
    "multi_splits": [multi_split(n, n, m) for n in (8, 60, 200) for m in (2, 3)],
    "densities": [densities(s, n, n) for s in SPACES for n in (0, 1, 2, 24, 25, 26, 27, 150)],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, allow_nan=False).replace('{"', '\n{"') + "\n")
